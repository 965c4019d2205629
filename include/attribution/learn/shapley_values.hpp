// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/average_gain.hpp>
#include <attribution/learn/fit_error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace attribution::inline v0_1 {

/// How Shapley values are estimated for games with too many players to count out.
struct shapley_sampling {
    std::size_t most_counted_out = 20;  // players; with more, orders are sampled. At most 24
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

/// The Shapley values of any game: what each player adds, averaged over all orders of joining.
///
/// Shape:      players, and a callable from a coalition (a span of players, in the order given
///             here) to a number -> one value per player. They add up to v(all) - v(nobody).
/// Edges:      without players there are no values. Up to `sampling.most_counted_out` players, all
///             coalitions are counted out. With more players, orders are sampled: values still add
///             up, and come with their standard errors; the same seed gives the same bytes.
/// Errors:     std::domain_error if the game returns NaN or a number beyond 1e140;
///             std::invalid_argument for fewer than 2 orders; fit_error if more than 24 players are
///             to be counted out.
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
    bool const counts_out = players.size() <= sampling.most_counted_out;
    if (counts_out && players.size() > 24)
        throw fit_error{fit_failure::too_many_players,
                        "shapley_values: " + std::to_string(players.size()) +
                            " players are too many to count out; let orders be sampled"};
    auto const gains = counts_out ? detail::counted_out(players, game)
                                  : detail::sampled(players, game, sampling.orders, sampling.seed);
    std::vector<shapley_value<Player>> values;
    for (std::size_t i = 0; i < players.size(); ++i)
        values.push_back({players[i], gains[i].value, gains[i].standard_error});
    return values;
}

}  // namespace attribution
