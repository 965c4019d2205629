// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/shapley_games.hpp>

#include "learn/reference.hpp"

#include <attribution/learn/shapley.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <vector>

namespace att = attribution;
using doctest::Approx;
using letters::close, letters::row;

TEST_CASE("games of channels, by hand") {
    // Rates: A 1/2, B 0 (seen, never converts), AB 3/4. n = 2:
    // A: (1/2 + (3/4 - 0)) / 2 = 5/8;  B: (0 + (3/4 - 1/2)) / 2 = 1/8.
    std::vector<row> const paths{{"A", 1, 8, 1}, {"B", 0, 0, 4}, {"ABA", 3, 12, 1}};
    auto const rate = att::fit(letters::rows(paths), att::shapley({}, att::conversion_rate_game));
    CHECK(rate.effects()[0].conversions == Approx(0.625).epsilon(1e-15));
    CHECK(rate.effects()[1].conversions == Approx(0.125).epsilon(1e-15));
    // Value per path: A 4, B 0, AB 3: A (4 + 3) / 2, B (0 + 3 - 4) / 2.
    CHECK(rate.effects()[0].value == Approx(3.5).epsilon(1e-15));
    CHECK(rate.effects()[1].value == Approx(-0.5).epsilon(1e-15));

    // Conversions inside a coalition: A 1 + 3/2, B 3/2; value 8 + 6 and 6.
    auto const inside = att::fit(letters::rows(paths), att::shapley());
    CHECK(inside.effects()[0].conversions == 2.5);
    CHECK(inside.effects()[1].conversions == 1.5);
    CHECK(inside.effects()[0].value == 14);
    CHECK(inside.effects()[1].value == 6);

    // By position: (1, A) 1 + 3/3, (1, B) 0, (2, B) 3/3, (3, A) 3/3.
    auto const placed = att::fit(letters::rows(paths), att::ordered_shapley());
    std::ostringstream text;
    for (auto const& one : placed.effects())
        text << one.player << ": " << one.conversions << '\n';
    CHECK(text.str() == "1 A: 2\n1 B: 0\n2 B: 1\n3 A: 1\n");
}

/// Both games as functions of a set, as defined.
static double worth_of(std::vector<row> const& paths, std::span<char const> set, bool rate) {
    double conversions = 0;
    double nulls = 0;
    for (auto const& one : paths) {
        bool inside = true;
        for (char const c : one.path)
            inside = inside && std::find(set.begin(), set.end(), c) != set.end();
        bool all = true;
        for (char const c : set)
            all = all && one.path.find(c) != std::string::npos;
        if (inside && (all || !rate)) {
            conversions += static_cast<double>(one.conversions);
            nulls += static_cast<double>(one.nulls);
        }
    }
    return !rate ? conversions : conversions == 0 ? 0 : conversions / (conversions + nulls);
}

TEST_CASE("law: both games as counted out, and efficiency, symmetry, null player") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto paths = letters::draw(random, 4);
        paths.push_back({"Y", 1, 5, 3});
        for (auto& one : paths) {  // X and Y are alike: symmetric players
            auto const y = one.path.find('A');
            if (y != std::string::npos && random.between(0, 1) == 0)
                one.path += "XY";
        }
        paths.push_back({"X", 1, 5, 3});
        auto const players = [&] {
            std::set<char> known;
            for (auto const& one : paths)
                known.insert(one.path.begin(), one.path.end());
            return std::vector<char>(known.begin(), known.end());
        }();
        for (bool const rate : {false, true}) {
            auto const expected = att::shapley_values(
                players, [&](std::span<char const> set) { return worth_of(paths, set, rate); });
            auto const effects =
                rate ? att::fit(letters::rows(paths),
                                att::shapley({}, att::conversion_rate_game,
                                             {.negative = att::negative_values::as_zero}))
                           .effects()
                     : att::fit(letters::rows(paths), att::shapley()).effects();
            double sum = 0;
            for (std::size_t i = 0; i < players.size(); ++i) {
                if (effects[i].player != players[i] ||
                    !close(effects[i].conversions, expected[i].value, 1e-12))
                    return false;
                sum += effects[i].conversions;
            }
            if (!close(sum, worth_of(paths, players, rate), 1e-12))
                return false;
            auto const n = effects.size();
            if (effects[n - 1].player != 'Y' || effects[n - 2].player != 'X' ||
                !close(effects[n - 1].conversions, effects[n - 2].conversions, 1e-13))
                return false;
        }
        return true;
    });
}

TEST_CASE("a game of hundreds of channels, exactly") {
    std::vector<row> paths;
    std::string everything;
    for (char c = 1; c != 127; ++c) {
        paths.push_back({std::string(1, c), 1, 1, 1});
        everything += c;
    }
    paths.push_back({everything, 3, 3, 1});
    auto const m = att::fit(letters::rows(paths), att::shapley({}, att::conversion_rate_game));
    double sum = 0;
    for (auto const& one : m.effects())
        sum += one.conversions;
    CHECK(sum == Approx(0.75).epsilon(1e-12));  // the worth of all
}
