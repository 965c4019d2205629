// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/sampled_gain.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/sample_source.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// What a player adds to a game, averaged over orders of joining.
struct average_gain {
    double value;
    double standard_error;  // 0 if all orders were counted
};

/// Averages over all orders, from the worth of every coalition.
template <class Player, class Game>
buffer<average_gain> counted_out(std::vector<Player> const& players, Game const& game) {
    auto const n = players.size();
    std::vector<double> worth(std::size_t{1} << n, 0.0);
    std::vector<Player> coalition;
    for (std::size_t set = 0; set < worth.size(); ++set) {
        coalition.clear();
        for (std::size_t i = 0; i < n; ++i)
            if ((set >> i & 1) != 0)
                coalition.push_back(players[i]);
        worth[set] = checked_worth(game(std::span<Player const>{coalition}));
    }
    std::vector<std::size_t> sizes(worth.size(), 0);
    for (std::size_t set = 1; set < sizes.size(); ++set)
        sizes[set] = sizes[set >> 1] + (set & 1);
    buffer<average_gain> gains;
    for (std::size_t i = 0; i < n; ++i) {
        // Summed by size first: additions only, so that nothing can be fused.
        std::vector<double> gained(n, 0.0);
        auto const own = std::size_t{1} << i;
        for (std::size_t set = 0; set < worth.size(); ++set)
            if ((set & own) == 0)
                gained[sizes[set]] += worth[set | own] - worth[set];
        exact_sum value;
        for (std::size_t size = 0; size < n; ++size)
            value.add(gained[size] * order_weight(size, n));
        gains.push_back({value.value(), 0});
    }
    return gains;
}

/// Averages over `orders` orders, drawn at random.
template <class Player, class Game>
buffer<average_gain> sampled(std::vector<Player> const& players, Game const& game,
                             std::size_t orders, std::uint64_t seed) {
    auto const n = players.size();
    buffer<sampled_gain> gains(n, sampled_gain{});
    std::vector<std::size_t> order(n, 0);
    for (std::size_t i = 0; i < n; ++i)
        order[i] = i;
    std::vector<std::size_t> joined;
    std::vector<Player> coalition;
    sample_source random{seed};
    double const nobody = checked_worth(game(std::span<Player const>{coalition}));
    for (std::size_t sample = 0; sample < orders; ++sample) {
        for (auto left = n; left > 1; --left)
            std::swap(order[left - 1], order[random.below(left)]);
        double before = nobody;
        joined.clear();
        for (auto const one : order) {
            joined.insert(std::upper_bound(joined.begin(), joined.end(), one), one);
            coalition.clear();
            for (auto const member : joined)
                coalition.push_back(players[member]);
            double const now = checked_worth(game(std::span<Player const>{coalition}));
            gains[one].add(now - before);
            before = now;
        }
    }
    auto const drawn = static_cast<double>(orders);
    buffer<average_gain> averages;
    averages.reserve(gains.size());
    for (auto const& one : gains)
        averages.push_back({one.mean(drawn), one.standard_error(drawn)});
    return averages;
}

}  // namespace attribution::detail
