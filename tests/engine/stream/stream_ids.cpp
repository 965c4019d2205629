// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/stream_ids.hpp>

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

using namespace attribution::detail;

static_assert(std::same_as<kept_id<int>, int>);
static_assert(std::same_as<kept_id<std::string_view>, std::string>);
static_assert(std::same_as<kept_id<char const*>, std::optional<std::string>>);
static_assert(std::same_as<kept_id<std::optional<std::string_view>>, std::optional<std::string>>);
static_assert(std::same_as<kept_id<std::optional<int>>, std::optional<int>>);
static_assert(
    std::same_as<kept_id<std::tuple<std::string_view, int>>, std::tuple<std::string, int>>);
static_assert(
    std::same_as<kept_id<std::pair<int, char const*>>, std::pair<int, std::optional<std::string>>>);
static_assert(std::same_as<kept_id<std::array<std::string_view, 2>>, std::array<std::string, 2>>);

TEST_CASE("an id that is kept owns its text") {
    std::string text = "a text that is too long for its object";
    auto const copy = text;
    std::string_view const view = text;
    auto const alone = keep_id(view);
    auto const perhaps = keep_id(std::optional{view});
    auto const composed = keep_id(std::tuple{view, 7});
    auto const twice = keep_id(std::array{view, view});
    auto const pointed = keep_id(text.c_str());
    text.assign(text.size(), '-');
    CHECK(alone == copy);
    CHECK(perhaps == copy);
    CHECK(std::get<0>(composed) == copy);
    CHECK(twice[1] == copy);
    CHECK(pointed == copy);
    CHECK(!keep_id(std::optional<std::string_view>{}));
    CHECK(!keep_id(static_cast<char const*>(nullptr)));
    CHECK(!keep_id(std::pair{1, static_cast<char const*>(nullptr)}).second);
}

TEST_CASE("ids stand in their order, missing ones before all others and not before each other") {
    auto const in_order = [](auto const& a, auto const& b) {
        CHECK(id_before(a, b));
        CHECK(!id_before(b, a));
        CHECK(!id_before(a, a));
        CHECK(same_id_or_none(a, a));
        CHECK(!same_id_or_none(a, b));
    };
    double const nan = std::numeric_limits<double>::quiet_NaN();
    in_order(1, 2);
    in_order(std::string{"a"}, std::string{"b"});
    in_order(std::optional<int>{}, std::optional{-5});
    in_order(nan, -1.0);
    in_order(std::optional{nan}, std::optional{-1.0});
    in_order(static_cast<char const*>(nullptr), static_cast<char const*>(""));
    in_order(std::tuple{5, nan}, std::tuple{1, 1.0});
    in_order(std::pair{2, std::optional<int>{}}, std::pair{1, std::optional{1}});

    // Pointers to text by their characters, wherever those lie.
    std::array<std::array<char, 2>, 2> const texts{{{'b', '\0'}, {'a', '\0'}}};
    auto const& b = texts[0];
    auto const& a = texts[1];
    std::array<char, 2> const other_a = a;
    in_order(static_cast<char const*>(a.data()), static_cast<char const*>(b.data()));
    in_order(std::pair{1, static_cast<char const*>(a.data())},
             std::pair{1, static_cast<char const*>(b.data())});
    CHECK(same_id_or_none(static_cast<char const*>(a.data()),
                          static_cast<char const*>(other_a.data())));
}
