// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/shapley_values.hpp>

#include "support/small_world.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace att = attribution;
using doctest::Approx;

TEST_CASE("shapley_values: gloves") {
    // One left glove, two right ones; a pair is worth 1. Textbook: 2/3, 1/6, 1/6.
    auto const values = att::shapley_values(std::vector{'L', 'R', 'S'}, [](auto set) {
        auto const has = [&](char c) { return std::find(set.begin(), set.end(), c) != set.end(); };
        return has('L') && (has('R') || has('S')) ? 1.0 : 0.0;
    });
    CHECK(values[0].value == Approx(2.0 / 3).epsilon(1e-15));
    CHECK(values[1].value == Approx(1.0 / 6).epsilon(1e-15));
    CHECK(values[2].value == values[1].value);
    CHECK(values[0].standard_error == 0);
    CHECK(att::shapley_values(std::vector<char>{}, [](auto) { return 1.0; }).empty());
}

TEST_CASE("law: shapley_values: efficiency, null player, additivity, against all orders") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const n = static_cast<std::size_t>(random.between(1, 5));
        std::vector<std::size_t> players(n);
        std::iota(players.begin(), players.end(), std::size_t{0});
        std::vector<double> a(std::size_t{1} << n), b(a.size());
        for (std::size_t set = 0; set < a.size(); ++set) {
            a[set] = random.between(-9, 9);
            b[set] = random.between(-9, 9);
        }
        for (std::size_t set = 0; set < a.size(); ++set)
            a[set | 1] = a[set & ~std::size_t{1}];  // player 0 never matters
        auto const game = [](std::vector<double> const& worth) {
            return [&worth](std::span<std::size_t const> set) {
                std::size_t mask = 0;
                for (auto const one : set)
                    mask |= std::size_t{1} << one;
                return worth[mask];
            };
        };
        auto const va = att::shapley_values(players, game(a));
        auto const vb = att::shapley_values(players, game(b));
        auto both = a;
        for (std::size_t i = 0; i < both.size(); ++i)
            both[i] += b[i];
        auto const vab = att::shapley_values(players, game(both));
        std::vector<double> direct(n, 0.0);
        auto order = players;
        double orders = 0;
        do {
            std::size_t mask = 0;
            for (auto const one : order) {
                auto const next = mask | std::size_t{1} << one;
                direct[one] += b[next] - b[mask];
                mask = next;
            }
            ++orders;
        } while (std::next_permutation(order.begin(), order.end()));
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            sum += va[i].value;
            if (std::abs(vab[i].value - va[i].value - vb[i].value) > 1e-12 ||
                std::abs(vb[i].value - direct[i] / orders) > 1e-12)
                return false;
        }
        return std::abs(sum - (a.back() - a.front())) < 1e-12 && va[0].value == 0;
    });
}

TEST_CASE("shapley_values: sampled") {
    // A weighted majority of 24 players: too many to count out by default.
    std::vector<int> players(24);
    std::iota(players.begin(), players.end(), 1);
    auto const majority = [](std::span<int const> set) {
        return std::accumulate(set.begin(), set.end(), 0) > 150 ? 1.0 : 0.0;
    };
    auto const once = att::shapley_values(players, majority, {.orders = 4'000, .seed = 7});
    auto const again = att::shapley_values(players, majority, {.orders = 4'000, .seed = 7});
    auto const other = att::shapley_values(players, majority, {.orders = 4'000, .seed = 8});
    double sum = 0;
    double difference = 0;
    for (std::size_t i = 0; i < players.size(); ++i) {
        CHECK(once[i].value == again[i].value);
        CHECK(once[i].standard_error > 0);
        sum += once[i].value;
        difference += std::abs(once[i].value - other[i].value);
        // Both are estimates of one number.
        CHECK(std::abs(once[i].value - other[i].value) <
              6 * (once[i].standard_error + other[i].standard_error));
    }
    CHECK(sum == Approx(1).epsilon(1e-12));
    CHECK(difference > 0);
    CHECK(once[23].value > once[0].value);

    // Sampled and counted out agree within the standard error: 12 players.
    players.resize(12);
    auto const small = [](std::span<int const> set) {
        return std::accumulate(set.begin(), set.end(), 0) > 39 ? 1.0 : 0.0;
    };
    auto const exact = att::shapley_values(players, small);
    auto const sampled = att::shapley_values(players, small, {.most_counted_out = 0});
    for (std::size_t i = 0; i < players.size(); ++i)
        CHECK(std::abs(exact[i].value - sampled[i].value) < 5 * sampled[i].standard_error);
}

TEST_CASE("shapley_values: the standard error does not depend on what all orders have in common") {
    std::vector<int> players(25);
    std::iota(players.begin(), players.end(), 0);
    for (double const unit : {0.0, 1.0, 1e6, 1e10, 1e13, -1e13}) {
        // Each player adds `unit`, and who comes 13th one more: with a probability of 1/25.
        auto const values = att::shapley_values(players,
                                                [unit](std::span<int const> set) {
                                                    return unit * static_cast<double>(set.size()) +
                                                           (set.size() > 12 ? 1.0 : 0.0);
                                                },
                                                {.orders = 2000});
        CAPTURE(unit);
        for (auto const& one : values)
            CHECK(one.standard_error == Approx(std::sqrt(0.04 * 0.96 / 2000)).epsilon(0.4));
        // of small worths as of large ones, not by chance
        auto const part = values[0].value - unit;
        CHECK(values[0].standard_error == Approx(std::sqrt(part * (1 - part) / 1999))
                                              .epsilon(std::abs(unit) > 1e9 ? 0.05 : 1e-6));
    }
    // of the largest that are taken
    auto const large = att::shapley_values(
        players,
        [](std::span<int const> set) {
            return !set.empty() && set.front() == 0 && set.size() > 12 ? 1e140 : -1e140;
        },
        {.orders = 2000});
    CHECK(large[0].value > 0);
    CHECK(large[0].standard_error > 0);
    CHECK(large[0].standard_error < 1e139);
}

TEST_CASE("shapley_values: errors") {
    std::vector<int> players(25);
    auto const zero = [](auto) { return 0.0; };
    CHECK_THROWS_AS(static_cast<void>(att::shapley_values(players, zero, {.most_counted_out = 30})),
                    att::fit_error);
    CHECK_THROWS_AS(static_cast<void>(att::shapley_values(players, zero, {.orders = 1})),
                    std::invalid_argument);
    CHECK_THROWS_AS(
        static_cast<void>(att::shapley_values(
            std::vector{1}, [](auto) { return std::numeric_limits<double>::infinity(); })),
        std::domain_error);
    CHECK_THROWS_WITH_AS(
        static_cast<void>(att::shapley_values(std::vector{1}, [](auto) { return -1e300; })),
        "shapley_values: the game gave a coalition a worth beyond 1e140; count in a coarser unit",
        std::domain_error);
}
