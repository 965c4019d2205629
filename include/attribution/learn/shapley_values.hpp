// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/sampled_gain.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/sample_source.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace attribution {

/// How the Shapley values of games with too many players to count out are estimated.
struct shapley_sampling {
    std::size_t most_counted_out = 20;  // players; beyond, orders are sampled. At most 24
    std::size_t orders = 10'000;        // how many
    std::uint64_t seed = 1;
};

/// What one player adds to a game.
template <class Player>
struct shapley_value {
    Player player;
    double value;
    double standard_error;  // 0 if counted out
};

namespace detail {

template <class Player, class Game>
std::vector<shapley_value<Player>> counted_out(std::vector<Player> const& players,
                                               Game const& game) {
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
    std::vector<shapley_value<Player>> values;
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
        values.push_back({players[i], value.value(), 0});
    }
    return values;
}

template <class Player, class Game>
std::vector<shapley_value<Player>> sampled(std::vector<Player> const& players, Game const& game,
                                           shapley_sampling const& how) {
    auto const n = players.size();
    std::vector<sampled_gain> gains(n);
    std::vector<std::size_t> order(n, 0);
    for (std::size_t i = 0; i < n; ++i)
        order[i] = i;
    std::vector<std::size_t> joined;
    std::vector<Player> coalition;
    sample_source random{how.seed};
    double const nobody = checked_worth(game(std::span<Player const>{coalition}));
    for (std::size_t sample = 0; sample < how.orders; ++sample) {
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
    auto const orders = static_cast<double>(how.orders);
    std::vector<shapley_value<Player>> values;
    for (std::size_t i = 0; i < n; ++i)
        values.push_back({players[i], gains[i].mean(orders), gains[i].standard_error(orders)});
    return values;
}

}  // namespace detail

/// The Shapley values of any game: what each player adds, averaged over all orders of joining.
///
/// Shape:      players, and a callable from a coalition (a span of players, in the order given
///             here) to a number -> one value per player. They add up to v(all) - v(nobody).
/// Edges:      no players, no values. Beyond `sampling.most_counted_out` players, orders are
///             sampled: values still add up, and come with their standard error; the same seed
///             gives the same bytes.
/// Errors:     std::domain_error if the game returns NaN, or what is beyond 1e140; std::invalid_argument for
///             fewer than 2 orders; fit_error if more than 24 players are to be counted out.
/// Complexity: n players: 2^n calls, and n * 2^n additions; sampled: n calls per order.
/// Source:     Shapley, 1953, "A value for n-person games"; sampling: Castro, Gomez, Tejada, 2009,
///             "Polynomial calculation of the Shapley value based on sampling".
template <class Player, class Game>
    requires std::invocable<Game const&, std::span<Player const>>
[[nodiscard]] std::vector<shapley_value<Player>>
shapley_values(std::vector<Player> const& players, Game const& game,
               shapley_sampling const& sampling = {}) {
    if (sampling.orders < 2)
        throw std::invalid_argument{"shapley_values: a sample needs at least 2 orders"};
    if (players.size() > sampling.most_counted_out)
        return detail::sampled(players, game, sampling);
    if (players.size() > 24)
        throw fit_error{fit_failure::too_many_players,
                        "shapley_values: " + std::to_string(players.size()) +
                            " players are too many to count out; let orders be sampled"};
    return detail::counted_out(players, game);
}

}  // namespace attribution
