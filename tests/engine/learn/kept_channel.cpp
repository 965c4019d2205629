// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/kept_channel.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace attribution::detail;

static_assert(std::same_as<kept_channel<std::string_view const&>, std::string>);
static_assert(std::same_as<kept_channel<char const*>, std::string>);
static_assert(
    std::same_as<kept_channel<std::optional<std::string_view>>, std::optional<std::string>>);
static_assert(std::same_as<kept_channel<std::optional<int> const&>, std::optional<int>>);
static_assert(std::same_as<kept_channel<char>, char>);

static_assert(may_project<no_projection> && may_project<int no_projection::*>);
static_assert(!may_project<int>);
static_assert(!may_project<no_projection, no_projection>);

TEST_CASE("a channel is looked up as what counts keep, or refused by its row") {
    std::string const text = "search";
    CHECK(channel_in<std::string_view>(text, "the channel of row ", 3).data() == text.data());
    CHECK(channel_in<double>(-0.0, "the channel of row ", 3) == 0.0);
    CHECK_THROWS_WITH_AS((void)channel_in<double>(std::numeric_limits<double>::quiet_NaN(),
                                                  "the channel of row ", 3),
                         doctest::Contains("the channel of row 3 is not a number"),
                         std::domain_error);
    CHECK_THROWS_WITH_AS((void)channel_in<std::string_view>(static_cast<char const*>(nullptr),
                                                            "the channel of row ", 4),
                         doctest::Contains("the channel of row 4 is a null pointer"),
                         std::domain_error);
}
