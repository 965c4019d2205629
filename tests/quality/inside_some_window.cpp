// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/inside_some_window.hpp>

#include "quality/found_by.hpp"
#include "quality/joined_world.hpp"

#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/quality/has_conversion.hpp>
#include <attribution/quality/has_touchpoint.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace att = attribution;
using namespace quality_support;

TEST_CASE("inside_some_window: who misses every window") {
    auto const w = windows_at_20_and_30();
    auto const rule = att::inside_some_window("touch", joined(w), att::lookback(10));
    CHECK(rows_found_by(rule, w.touches) == rows{1, 4});
    CHECK(rule.severity == att::severity::info);

    // Any policy will do.
    auto const never = att::where([](touch const&) { return false; });
    CHECK(rows_found_by(att::inside_some_window("touch", joined(w), never), w.touches) ==
          rows{0, 1, 2, 3, 4});
}

TEST_CASE("inside_some_window: the rule is about the records that were joined") {
    world const w{{{1, 10, 0}}, {{1, 20, 100}, {1, 21, 100}}};
    auto const rule = att::inside_some_window("touch", joined(w), att::lookback(1));
    CHECK_THROWS_AS((void)att::validate(w.sales, rule), std::invalid_argument);
}

TEST_CASE("law: inside_some_window, has_conversion and has_touchpoint, over random worlds") {
    support::for_all_worlds([&](support::random_numbers& random) {
        journey_world::dice d{random};
        auto const w = journey_world::make(d);
        auto const days = d.below(31);
        auto const journeys = joined(w);
        auto const window = att::lookback(days);

        std::vector<bool> in_window(w.touches.size(), false);
        rows unreached;
        for (std::size_t row = 0; row < w.sales.size(); ++row) {
            auto const path = journey_world::naive_path(w, w.sales[row], days);
            for (auto const visit : path)
                in_window[visit] = true;
            if (path.empty())
                unreached.push_back(row);
        }
        rows outside, without;
        for (std::size_t row = 0; row < w.touches.size(); ++row) {
            auto const& user = w.touches[row].user;
            auto const converts =
                user && std::any_of(w.sales.begin(), w.sales.end(),
                                    [&](sale const& one) { return one.user == user; });
            if (converts && !in_window[row])
                outside.push_back(row);
            if (user && !converts)
                without.push_back(row);
        }
        support::holds(rows_found_by(att::inside_some_window("touch", journeys, window),
                                     w.touches) == outside);
        support::holds(rows_found_by(att::has_conversion("touch", journeys), w.touches) == without);
        support::holds(rows_found_by(att::has_touchpoint("sale", journeys, window), w.sales) ==
                       unreached);
    });
}
