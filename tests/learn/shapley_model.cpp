// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/shapley_model.hpp>

#include "learn/reference.hpp"

#include <attribution/learn/shapley.hpp>

#include <doctest/doctest.h>

#include <span>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace att = attribution;
using doctest::Approx;
using letters::row;

namespace {

struct channel_of {
    char operator()(world::touch const& t) const { return t.channel; }
};

}  // namespace

TEST_CASE("players at positions stand in the order of positions") {
    using player = att::placed_channel<char>;
    CHECK(player{1, 'B'} < player{2, 'A'});
    CHECK(player{1, 'A'} < player{1, 'B'});
    std::ostringstream text;
    text << player{2, 'A'};
    CHECK(text.str() == "2 A");
}

TEST_CASE("negative values are reported, and refused unless asked otherwise") {
    // A converts always; with B, never.
    std::vector<row> const paths{{"A", 4, 4, 0}, {"AB", 0, 0, 4}, {"C", 1, 1, 1}};
    auto const how = [](att::negative_values negative) {
        return att::shapley(channel_of{}, att::conversion_rate_game, {.negative = negative});
    };
    auto const strict = att::fit(letters::rows(paths), how(att::negative_values::refuse));
    CHECK(strict.effects()[1].conversions < 0);
    CHECK(strict.card().warnings.size() == 1);
    CHECK(world::gives(world::split(90, world::through("AAA"), strict), {30, 30, 30}));
    CHECK_THROWS_WITH_AS(static_cast<void>(world::split(90, world::through("AB"), strict)),
                         doctest::Contains("touchpoint row 1 of conversion row 0"),
                         std::domain_error);
    auto const lenient = att::fit(letters::rows(paths), how(att::negative_values::as_zero));
    CHECK(lenient.effects()[1].conversions == strict.effects()[1].conversions);
    CHECK(world::gives(world::split(90, world::through("AB"), lenient), {90, 0}));
    CHECK(world::gives(world::split(90, world::through("B"), lenient), {0}));
}

TEST_CASE("a game of your own that gives nobody anything is reported") {
    std::vector<row> const paths{{"AB", 1, 4, 0}, {"C", 1, 1, 1}};
    auto const warnings = [&](double worth) {
        auto const even = [worth](std::span<char const> set) {
            return worth * static_cast<double>(set.size());
        };
        return att::fit(letters::rows(paths), att::shapley(channel_of{}, even)).card().warnings;
    };
    std::string const none = "no value is positive: no path can be credited by them";
    CHECK(warnings(1).empty());
    CHECK(warnings(0) == std::vector{none});
    CHECK(warnings(-1) ==
          std::vector<std::string>{"some values are negative: paths with such channels are refused",
                                   none});
    // Its own game has no such sentence: what did not convert cannot be learned from.
    auto const known = att::fit(letters::rows(paths), att::shapley(channel_of{}));
    CHECK(known.card().warnings.empty());
}

TEST_CASE("a game of your own, and ordered players as a model") {
    std::vector<row> const paths{{"AB", 1, 4, 0}, {"C", 1, 1, 1}};
    auto const size = [](std::span<char const> set) {
        return static_cast<double>(set.size() * set.size());
    };
    auto const m = att::fit(letters::rows(paths), att::shapley(channel_of{}, size));
    for (auto const& one : m.effects())
        CHECK(one.conversions == Approx(3).epsilon(1e-15));  // 9 among three alike

    // Seen as (position, channel): rates {1A, 2B} 1, {1C} 1/2. A model of positions.
    auto const placed = att::fit(letters::rows(paths),
                                 att::ordered_shapley(channel_of{}, att::conversion_rate_game,
                                                      {.negative = att::negative_values::as_zero}));
    REQUIRE(placed.effects().size() == 3);
    using player = att::placed_channel<char>;
    CHECK(placed.effects()[0].player == player{1, 'A'});
    CHECK(placed.effects()[1].player == player{1, 'C'});
    CHECK(placed.effects()[2].player == player{2, 'B'});
    // n = 3: 1A and 2B: 1/2 * 1/3 ... v({A,B}) / (2 * C(3, 2)) = 1/6, less 1/2 / (2 * 3) for C
    // first.
    CHECK(placed.effects()[0].conversions == Approx(1.0 / 6 - 0.5 / 6).epsilon(1e-14));
    CHECK(world::gives(world::split(90, world::through("AB"), placed), {45, 45}));
    CHECK(world::gives(world::split(90, world::through("BA"), placed), {0, 0}));
    CHECK(world::gives(world::split(90, world::through("AX"), placed), {90, 0}));
}

TEST_CASE("ordered players of game (a) credit every touchpoint of a path alike") {
    std::vector<row> const paths{{"AB", 1, 4, 0}, {"C", 1, 1, 1}};
    auto const m = att::fit(letters::rows(paths), att::ordered_shapley(channel_of{}));
    CHECK(world::gives(world::split(90, world::through("AAX"), m), {30, 30, 30}));
}

TEST_CASE("shapley values weighed by value") {
    // Value per path: A 1, B 8, AB 10: A (1 + 10 - 8) / 2, B (8 + 10 - 1) / 2.
    std::vector<row> const paths{{"A", 1, 2, 1}, {"B", 1, 8, 0}, {"AB", 1, 10, 0}};
    auto const m =
        att::fit(letters::rows(paths),
                 att::shapley(channel_of{}, att::conversion_rate_game, {.by_value = true}));
    CHECK(world::gives(world::split(100, world::through("AB"), m), {15, 85}));
    CHECK(m.card().estimator ==
          "Shapley values of the conversion rate of a coalition, weighed by value");
}
