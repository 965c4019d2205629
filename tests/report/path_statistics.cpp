// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/path_statistics.hpp>

#include "report/records.hpp"

#include <attribution/policy/always.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/top_paths.hpp>

#include <date/date.h>
#include <doctest/doctest.h>
#include <support/journey_world.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace att = attribution;
using journey_world::sale, journey_world::touch, journey_world::world;
using report_records::few_paths;
using namespace std::chrono_literals;

namespace {

constexpr bool paths() {
    auto const whole = few_paths();
    auto const figures = att::path_statistics(whole, att::always);
    bool good = figures.not_reached == 1 && figures.length.size() == 4 &&
                figures.length.values() == std::vector<std::size_t>{1, 1, 2, 3} &&
                figures.length.mean() == 1.75;
    // First touches 8, 7, 0 and 1 before; last ones 2, 1, 0 and 1.
    good = good && figures.first_lag.values() == std::vector<int>{0, 1, 7, 8} &&
           figures.last_lag.values() == std::vector<int>{0, 1, 1, 2} &&
           figures.first_lag.median() == 1 && figures.last_lag.mean() == 1.0;
    return good;
}
static_assert(paths());

auto join(world const& w) {
    return att::join(att::conversions(w.sales, &sale::user, &sale::at, &sale::cents),
                     att::touchpoints(w.touches, &touch::user, &touch::at));
}

}  // namespace

TEST_CASE("path_statistics: worked example") {
    CHECK(paths());
}

TEST_CASE("path_statistics: figures of two parts of the customers are merged") {
    auto const figures = att::path_statistics(few_paths(), att::always);
    auto both = figures;
    both.merge(figures);
    CHECK(both.not_reached == 2);
    CHECK(both.length.values() == std::vector<std::size_t>{1, 1, 1, 1, 2, 2, 3, 3});
    CHECK(both.first_lag.values() == std::vector<int>{0, 0, 1, 1, 7, 7, 8, 8});
    CHECK(both.last_lag.values() == std::vector<int>{0, 0, 1, 1, 1, 1, 2, 2});
    auto none = decltype(both){};
    CHECK(none.not_reached == 0);
    none.merge(both);
    CHECK(none.not_reached == 2);
    CHECK(none.length.size() == 8);
}

TEST_CASE("path_statistics: parts on several threads are all the paths") {
    auto const whole = few_paths();
    auto const figures = att::path_statistics(att::parallel{2}, whole, att::always);
    CHECK(figures.not_reached == 1);
    CHECK(figures.length.values() == std::vector<std::size_t>{1, 1, 2, 3});
    CHECK(figures.first_lag.values() == std::vector<int>{0, 1, 7, 8});
    CHECK(figures.last_lag.values() == std::vector<int>{0, 1, 1, 2});
}

TEST_CASE("path_statistics: time points, touches after the conversion") {
    struct seen {
        int user;
        date::sys_seconds at;
    };
    struct paid {
        int user;
        date::sys_days at;
        long long cents;
    };
    auto const day = date::sys_days{date::year{2026} / 3 / 9};
    std::vector<seen> const log{{1, day - 1h}, {1, day + 2h}};
    std::vector<paid> const book{{1, day, 100}};
    auto const whole = att::join(att::conversions(book, &paid::user, &paid::at, &paid::cents),
                                 att::touchpoints(log, &seen::user, &seen::at));
    auto const open = [](auto const&) { return std::optional<date::sys_seconds>{}; };
    auto const figures = att::path_statistics(whole, att::between(open, open));
    CHECK(figures.length.largest() == 2);
    CHECK(figures.first_lag.median() == 1h);
    CHECK(figures.last_lag.median() == -2h);
}

TEST_CASE("law: path_statistics and top_paths, over random worlds") {
    support::for_all_worlds([&](support::random_numbers& random) {
        journey_world::dice d{random};
        auto const w = journey_world::make(d);
        auto const days = d.below(31);
        auto const whole = join(w);
        auto const figures = att::path_statistics(whole, att::lookback(days));
        auto const collapse = d.below(2) == 0;
        auto const most = static_cast<std::size_t>(d.below(4));
        auto const top = att::top_paths(whole, att::lookback(days), &touch::channel, most,
                                        collapse ? att::repeats::collapse : att::repeats::keep);

        std::vector<std::size_t> lengths;
        std::vector<int> first, last;
        std::map<std::vector<int>, att::reach<std::int64_t>> expected;
        att::reach<std::int64_t> left_over, not_reached;
        for (auto const& one : w.sales) {
            auto const path = journey_world::naive_path(w, one, days);
            std::vector<int> channels;
            for (auto const row : path)
                if (!collapse || channels.empty() || channels.back() != w.touches[row].channel)
                    channels.push_back(w.touches[row].channel);
            auto& cell = path.empty() ? not_reached : expected[channels];
            ++cell.conversions;
            cell.amount += one.cents;
            if (path.empty())
                continue;
            lengths.push_back(path.size());
            first.push_back(one.at - w.touches[path.front()].at);
            last.push_back(one.at - w.touches[path.back()].at);
        }
        support::holds(figures.not_reached == not_reached.conversions);
        auto const check_values = [](auto const& seen, auto values) {
            std::sort(values.begin(), values.end());
            support::holds(seen.values() == values);
        };
        check_values(figures.length, lengths);
        check_values(figures.first_lag, first);
        check_values(figures.last_lag, last);
        if (!lengths.empty()) {
            // The definition of a quantile, counted.
            auto const part = static_cast<std::size_t>(d.below(11));
            auto const at = figures.first_lag.quantile(part, 10);
            auto const up_to = [&](int limit) {
                return static_cast<std::size_t>(
                    std::count_if(first.begin(), first.end(), [&](int x) { return x <= limit; }));
            };
            support::holds(10 * up_to(at) >= part * first.size());
            for (auto const x : first)
                if (x < at)
                    support::holds(10 * up_to(x) < part * first.size());
        }

        support::holds(top.distinct() == expected.size());
        support::holds(top.size() == std::min(most, expected.size()));
        support::holds(top.not_reached() == not_reached);
        for (std::size_t i = 0; i < top.size(); ++i) {
            support::holds(top[i].conversions == expected[top[i].sequence]);
            expected.erase(top[i].sequence);
        }
        for (auto const& [path, cell] : expected) {
            left_over.conversions += cell.conversions;
            left_over.amount += cell.amount;
            if (top.size() > 0) {  // nothing left over ranks before a row
                auto const& worst = top[top.size() - 1];
                auto const rank = [](auto const& c, auto const& p) {
                    return std::tuple{-static_cast<std::int64_t>(c.conversions), -c.amount, p};
                };
                support::holds(rank(worst.conversions, worst.sequence) < rank(cell, path));
            }
        }
        support::holds(top.others() == left_over);

        auto shuffled = w;
        d.shuffle(shuffled.sales);
        auto const again =
            att::top_paths(join(shuffled), att::lookback(days), &touch::channel, most,
                           collapse ? att::repeats::collapse : att::repeats::keep);
        support::holds(again.size() == top.size());
        for (std::size_t i = 0; i < top.size(); ++i)
            support::holds(again[i].sequence == top[i].sequence);
    });
}
