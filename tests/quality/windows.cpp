// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/windows.hpp>

#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/quality/validate.hpp>

#include <date/date.h>
#include <doctest/doctest.h>
#include <support/journey_world.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace att = attribution;
using journey_world::sale, journey_world::touch, journey_world::world;

namespace {

using rows = std::vector<std::size_t>;

auto join(world const& w) {
    return att::join(att::conversions(w.sales, &sale::user, &sale::at, &sale::cents),
                     att::touchpoints(w.touches, &touch::user, &touch::at));
}

rows found_by(auto const& rule, auto const& range) {
    auto const found = att::validate(range, rule, {.limit = 100});
    CHECK(found.size() == 1);
    CHECK(found[0].severity == att::severity::info);
    CHECK(found[0].count == found[0].rows.size());
    return found[0].rows;
}

}  // namespace

TEST_CASE("windows: who misses which window") {
    world const w{{{1, 10, 0},              // at the window's start
                   {1, 9, 0},               // just before it
                   {1, 20, 0},              // at the conversion
                   {1, 21, 0},              // after it, but in the next one's window
                   {1, 31, 0},              // after both
                   {2, 15, 0},              // a customer who never converted
                   {std::nullopt, 15, 0}},  // nobody
                  {{1, 20, 100}, {1, 30, 100}, {3, 20, 100}, {std::nullopt, 15, 100}}};
    auto const joined = join(w);
    auto const window = att::lookback(10);
    CHECK(found_by(att::inside_some_window("touch", joined, window), w.touches) == rows{1, 4});
    CHECK(found_by(att::has_conversion("touch", joined), w.touches) == rows{5});
    CHECK(found_by(att::has_touchpoint("sale", joined, window), w.sales) == rows{2, 3});

    // Any policy will do.
    auto const never = att::where([](touch const&) { return false; });
    CHECK(found_by(att::inside_some_window("touch", joined, never), w.touches) ==
          rows{0, 1, 2, 3, 4});
    CHECK(found_by(att::has_touchpoint("sale", joined, never), w.sales) == rows{0, 1, 2, 3});
}

TEST_CASE("windows: the rule is about the records that were joined") {
    world const w{{{1, 10, 0}}, {{1, 20, 100}, {1, 21, 100}}};
    auto const rule = att::inside_some_window("touch", join(w), att::lookback(1));
    CHECK_THROWS_AS((void)att::validate(w.sales, rule), std::invalid_argument);
}

TEST_CASE("law: windows, over random worlds") {
    support::for_all_worlds([&](support::random_numbers& random) {
        journey_world::dice d{random};
        auto const w = journey_world::make(d);
        auto const days = d.below(31);
        auto const joined = join(w);
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
        support::holds(found_by(att::inside_some_window("touch", joined, window), w.touches) ==
                       outside);
        support::holds(found_by(att::has_conversion("touch", joined), w.touches) == without);
        support::holds(found_by(att::has_touchpoint("sale", joined, window), w.sales) == unreached);
    });
}

TEST_CASE("with_time_of_day: a date alone, beside touchpoints of that day") {
    using namespace std::chrono_literals;
    struct order {
        int user;
        date::sys_days on;
    };
    struct click {
        int user;
        date::sys_seconds at;
    };
    date::sys_days const day{date::days{20'000}};
    std::vector<order> const book{{1, day}, {2, day}, {3, day}, {4, day}};
    std::vector<click> const log{{1, day + 9h}, {2, day}, {2, day - 1s}, {3, day + 24h}};
    auto const joined = att::join(att::conversions(book, &order::user, &order::on),
                                  att::touchpoints(log, &click::user, &click::at));
    auto const found = att::validate(book, att::with_time_of_day("time", joined));
    CHECK(found[0].rows == rows{0});
    CHECK(found[0].severity == att::severity::warning);

    struct event {
        int user;
        double at;
    };
    std::vector<event> const sold{{1, 86'400}, {1, 86'401}, {1, 1e300}};
    std::vector<event> const clicked{{1, 172'799}};
    auto const numbers = att::join(att::conversions(sold, &event::user, &event::at),
                                   att::touchpoints(clicked, &event::user, &event::at));
    CHECK(att::validate(sold, att::with_time_of_day("time", numbers, 86'400))[0].rows == rows{0});
    CHECK_THROWS_AS((void)att::with_time_of_day("time", numbers, 0), std::invalid_argument);
}
