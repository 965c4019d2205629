// SPDX-License-Identifier: BSL-1.0
#include <attribution/data_driven/shapley.hpp>

#include "data_driven/micro_paths.hpp"
#include "data_driven/reference.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/model/over_distinct.hpp>

#include <doctest/doctest.h>

#include <sstream>

namespace att = attribution;
using doctest::Approx;
using letters::close, letters::row;

struct channel_of {
    char operator()(world::touch const& t) const { return t.channel; }
};

TEST_CASE("shapley: three channels, by hand") {
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

TEST_CASE("shapley: the eleven paths") {
    auto const m =
        att::fit(att::aggregated_paths(
                     micro::paths, [](micro::row const& one) { return att::split_path(one.path); },
                     &micro::row::conversions, &micro::row::value, &micro::row::nulls),
                 att::shapley());
    for (std::size_t i = 0; i < 5; ++i)
        CHECK(m.effects()[i].conversions ==
              Approx(micro::rules[i].shapley_subset_game).epsilon(1e-11));
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

TEST_CASE("law: shapley: both games as counted out, and efficiency, symmetry, null player") {
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

TEST_CASE("law: shapley: game (a) credits paths as linear over distinct channels") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const drawn = world::draw(random);
        if (drawn.book.empty() || drawn.log.empty())
            return true;
        auto const journeys = att::join(world::sales(drawn.book), world::touches(drawn.log));
        try {
            auto const m = att::fit(journeys, att::shapley(&world::touch::channel));
            std::map<char, double> learned, one_by_one;
            for (auto const& one : m.effects())
                learned[one.player] += one.conversions;
            auto const sum = [&](auto const& model) {
                std::map<char, double> sums;
                auto const ledger = att::attribute(journeys, model);
                for (auto const& credit : ledger)
                    if (credit.attributed())
                        sums[ledger.touchpoint(credit).channel] += credit.share;
                return sums;
            };
            auto const as_model = sum(m);
            auto const rule = sum(att::over_distinct(&world::touch::channel, att::linear));
            for (auto const& [channel, share] : rule)
                if (!close(share, learned[channel]) || !close(share, as_model.at(channel)))
                    return false;
            return rule.size() == as_model.size();
        } catch (att::fit_error const&) {
            return true;  // no conversion has a touchpoint
        }
    });
}

TEST_CASE("law: shapley: the same bytes in any order, and however counts are merged") {
    auto const bytes = [](auto const& m) {
        std::ostringstream text;
        text << m.card() << std::hexfloat;
        for (auto const& one : m.effects())
            text << one.player << ' ' << one.conversions << ' ' << one.value << '\n';
        return text.str();
    };
    auto const law = [&](auto const& how) {
        support::for_all_worlds([&](support::random_numbers& random) {
            auto const paths = letters::draw(random);
            auto const expected = bytes(att::fit(letters::rows(paths), how));
            std::vector<row> parts[3];
            for (auto const& one : paths) {
                auto& part = parts[random.between(0, 2)];
                part.insert(part.begin() + random.between(0, static_cast<int>(part.size())), one);
            }
            auto counts = how.template counts<char, std::int64_t>();
            for (auto const i : {2, 0, 1})
                counts.merge(att::learn(letters::rows(parts[i]), how));
            return bytes(counts.solve()) == expected;
        });
    };
    law(att::shapley());
    law(att::ordered_shapley());
    // Rates of sets need not be positive for anybody; these are for the ordered sets either.
    att::shapley_options const lenient{.negative = att::negative_values::as_zero};
    law(att::ordered_shapley({}, att::conversion_rate_game, lenient));
    law(att::shapley({}, att::conversion_rate_game, lenient));
}

TEST_CASE("shapley: negative values are reported, and refused unless asked otherwise") {
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

TEST_CASE("shapley: a game of your own, and ordered players as a model") {
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
    // n = 3: 1A and 2B: 1/2 * 1/3 ... v({A,B}) / (2 * C(3, 2)) = 1/6, less 1/2 / (2 * 3) for C
    // first.
    CHECK(placed.effects()[0].conversions == Approx(1.0 / 6 - 0.5 / 6).epsilon(1e-14));
    CHECK(world::gives(world::split(90, world::through("AB"), placed), {45, 45}));
    CHECK(world::gives(world::split(90, world::through("BA"), placed), {0, 0}));
    CHECK(world::gives(world::split(90, world::through("AX"), placed), {90, 0}));
}

TEST_CASE("shapley: what cannot be learned") {
    auto const reason = [](std::vector<row> const& paths) {
        try {
            static_cast<void>(att::fit(letters::rows(paths), att::shapley()));
        } catch (att::fit_error const& error) {
            return error.reason();
        }
        return att::fit_failure::not_solvable;
    };
    CHECK(reason({}) == att::fit_failure::no_path);
    CHECK(reason({{"AB", 0, 0, 5}}) == att::fit_failure::no_converting_path);
}

TEST_CASE("shapley: hundreds of channels, exactly") {
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

TEST_CASE("shapley: ordered players of game (a) credit every touchpoint of a path alike") {
    std::vector<row> const paths{{"AB", 1, 4, 0}, {"C", 1, 1, 1}};
    auto const m = att::fit(letters::rows(paths), att::ordered_shapley(channel_of{}));
    CHECK(world::gives(world::split(90, world::through("AAX"), m), {30, 30, 30}));
}

TEST_CASE("shapley: weighed by value") {
    // Value per path: A 1, B 8, AB 10: A (1 + 10 - 8) / 2, B (8 + 10 - 1) / 2.
    std::vector<row> const paths{{"A", 1, 2, 1}, {"B", 1, 8, 0}, {"AB", 1, 10, 0}};
    auto const m =
        att::fit(letters::rows(paths),
                 att::shapley(channel_of{}, att::conversion_rate_game, {.by_value = true}));
    CHECK(world::gives(world::split(100, world::through("AB"), m), {15, 85}));
    CHECK(m.card().estimator ==
          "Shapley values of the conversion rate of a coalition, weighed by value");
}
