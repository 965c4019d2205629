// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/common_group.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace attribution::detail;

static_assert(std::same_as<common_group<int, long>, int>);
static_assert(std::same_as<common_group<int, std::optional<long>>, std::optional<int>>);
static_assert(std::same_as<common_group<std::string_view, std::string>, std::string>);
static_assert(std::same_as<maybe<std::optional<int>>, std::optional<int>>);
static_assert(converts_exactly<int, std::uint64_t> && !converts_exactly<int, bool>);
static_assert(converts_exactly<std::optional<int>, long> && !converts_exactly<int, std::string>);

TEST_CASE("a group of spend is told in the type of the credits', or refused") {
    CHECK(exactly<std::int8_t>(127L, "", 0) == 127);
    CHECK(exactly<std::optional<std::int8_t>>(std::optional<int>{}, "", 0) == std::nullopt);
    CHECK(exactly<std::optional<std::int8_t>>(std::optional{-128}, "", 0) == std::int8_t{-128});
    CHECK(exactly<std::string>(std::string_view{"a"}, "", 0) == "a");
    CHECK_THROWS_WITH_AS((void)exactly<std::int8_t>(128, "the channel of row ", 7),
                         "the channel of row 7 does not fit into the type that the credits have; "
                         "convert one of them in its projection",
                         std::domain_error);
}
