// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/record_keys.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace attribution::detail;

static_assert(std::same_as<common_key<int, long>::type, long>);
static_assert(std::same_as<common_key<std::string, char const*>::type, std::string_view>);

struct order {
    std::string name;
    std::optional<int> id;
    support::tick at;
};

std::vector<order> const book{{"ann", 7, 1}, {"bob", std::nullopt, 2}};
auto const by_name = att::conversions(book, &order::name, &order::at);
auto const by_made_name = att::conversions(
    book, [](order const& o) { return o.name + "!"; }, &order::at);
auto const by_id = att::conversions(book, &order::id, &order::at);

// Text in a record is looked at, text made on the fly is kept.
static_assert(std::same_as<kept_key<decltype(by_name), std::string_view>, std::string_view>);
static_assert(std::same_as<kept_key<decltype(by_made_name), std::string_view>, std::string>);
static_assert(std::same_as<kept_key<decltype(by_id), int>, int>);

}  // namespace

TEST_CASE("with_key gives the key, or says that it is missing") {
    auto const twice = [](int key) { return 2 * key; };
    CHECK(with_key<int>(by_id, 0, -1, twice) == 14);
    CHECK(with_key<int>(by_id, 1, -1, twice) == -1);
    CHECK(with_key<std::string_view>(by_name, 1, std::size_t{0},
                                     [](std::string_view key) { return key.size(); }) == 3);
    CHECK(with_key<std::string_view>(by_made_name, 1, std::size_t{0},
                                     [](std::string_view key) { return key.size(); }) == 4);
}
