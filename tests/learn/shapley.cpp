// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/shapley.hpp>

#include "learn/micro_paths.hpp"
#include "learn/reference.hpp"

#include <attribution/model/first_of_each.hpp>
#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <set>
#include <sstream>
#include <vector>

namespace att = attribution;
using doctest::Approx;
using letters::close, letters::row;

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
            auto const rule =
                sum(att::over(att::first_of_each(&world::touch::channel), att::linear));
            for (auto const& [channel, share] : rule)
                if (!close(share, learned[channel]) || !close(share, as_model.at(channel)))
                    return false;
            return rule.size() == as_model.size();
        } catch (att::fit_error const&) {
            return true;  // no conversion has a touchpoint
        }
    });
}

TEST_CASE("law: shapley: a path is split evenly over its channels, however many there are") {
    struct counted {
        std::vector<int> path;
        std::uint32_t conversions;
        std::int64_t cents;
        std::uint32_t nulls;
    };
    support::for_all_worlds([](support::random_numbers& random) {
        auto const channels = 60 + random.between(0, 8);  // the first 63 are bits of a number
        std::vector<counted> rows;
        std::map<int, double> expected;
        for (int i = 0; i < 30; ++i) {
            auto& path = rows.emplace_back(counted{{}, 1, 100, 0}).path;
            auto const length = i == 0 ? channels : random.between(1, 6);
            for (int j = 0; j < length; ++j)
                path.push_back(i == 0 ? j : random.between(0, channels - 1));
            std::set<int> const distinct(path.begin(), path.end());
            for (auto const one : distinct)
                expected[one] += 1.0 / static_cast<double>(distinct.size());
        }
        auto const m = att::fit(att::aggregated_paths(rows, &counted::path, &counted::conversions,
                                                      &counted::cents, &counted::nulls),
                                att::shapley());
        for (auto const& one : m.effects())
            if (!close(one.conversions, expected.at(one.player)))
                return false;
        return m.effects().size() == expected.size();
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
