// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/comes_before.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using attribution::detail::comes_before;

TEST_CASE("sequences of numbers come one before the other as their numbers do") {
    using places = std::vector<std::uint32_t>;
    CHECK(comes_before(places{0}, places{1}));
    CHECK_FALSE(comes_before(places{1}, places{0}));
    CHECK_FALSE(comes_before(places{1}, places{1}));
    CHECK(comes_before(places{0x100}, places{0x1'0000}));
    CHECK(comes_before(places{1}, places{1, 0}));
    CHECK(comes_before(places{}, places{0}));
}

TEST_CASE("sequences inside of tuples and optional values, too") {
    using places = std::vector<std::uint32_t>;
    using maybe = std::optional<places>;
    CHECK(comes_before(maybe{places{0x100}}, maybe{places{0x1'0000}}));
    CHECK(comes_before(maybe{}, maybe{places{}}));
    CHECK_FALSE(comes_before(maybe{places{}}, maybe{}));
    CHECK_FALSE(comes_before(maybe{}, maybe{}));
    using row = std::tuple<int, std::pair<maybe, std::string>>;
    row const low{1, {places{0x100}, "z"}};
    row const high{1, {places{0x1'0000}, "a"}};
    CHECK(comes_before(low, high));
    CHECK_FALSE(comes_before(high, low));
    CHECK_FALSE(comes_before(low, low));
    CHECK(comes_before(high, row{2, {maybe{}, ""}}));
    CHECK(comes_before(low, row{1, {places{0x100}, "zz"}}));
}

TEST_CASE("texts given by their address are compared by their characters, after no text") {
    // Neither order of their addresses is that of both pairs.
    char const texts[] = "b\0a\0b";
    char const* const b = &texts[0];
    char const* const a = &texts[2];
    char const* const other_b = &texts[4];
    char const* const nothing = nullptr;
    CHECK(comes_before(a, b));
    CHECK(comes_before(a, other_b));
    CHECK_FALSE(comes_before(b, other_b));
    CHECK_FALSE(comes_before(other_b, b));
    CHECK(comes_before(nothing, a));
    CHECK_FALSE(comes_before(a, nothing));
    using maybe = std::optional<char const*>;
    CHECK(comes_before(maybe{a}, maybe{other_b}));
    CHECK_FALSE(comes_before(maybe{b}, maybe{other_b}));
    CHECK_FALSE(comes_before(maybe{}, maybe{nothing}));
    CHECK_FALSE(comes_before(maybe{nothing}, maybe{}));
    CHECK(comes_before(std::pair{1, a}, std::pair{1, other_b}));
    CHECK_FALSE(comes_before(std::pair{1, b}, std::pair{1, other_b}));
}

TEST_CASE("all else is compared as it compares itself") {
    CHECK(comes_before(1, 2));
    CHECK(comes_before(std::string{"a"}, std::string{"b"}));
    CHECK_FALSE(comes_before(std::string{"b"}, std::string{"a"}));
}
