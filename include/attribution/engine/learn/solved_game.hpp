// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/learn/sampled_gain.hpp>
#include <attribution/engine/learn/sparse_totals.hpp>
#include <attribution/learn/channel_weights.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/learn/shapley_games.hpp>
#include <attribution/learn/shapley_model.hpp>
#include <attribution/learn/shapley_values.hpp>
#include <attribution/numeric/exact_sum.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// What is computed from the counts of coalitions.
namespace attribution::inline v0_1::detail {

template <class Game>
inline constexpr bool is_coalition_game = std::same_as<Game, coalition_game_fn>;
template <class Game>
inline constexpr bool is_rate_game = std::same_as<Game, conversion_rate_game_fn>;

/// Coalitions and how their paths ended, in an order that does not depend on who was counted first.
/// A view of the counts.
template <class Channel, amount Amount>
struct counted_coalitions {
    struct coalition {
        std::vector<std::uint32_t> members;  // places of players, ascending
        std::uint64_t conversions;
        std::uint64_t nulls;
        running_total<Amount> const* value;  // of the conversions; null if there is none
    };

    std::vector<Channel> channels;                                 // ascending
    std::vector<std::pair<std::uint32_t, std::uint32_t>> players;  // (position, channel), ascending
    std::vector<coalition> coalitions;                             // by their members
    evidence<Amount> const& seen;
};

/// The Shapley value of a game in which only coalitions that include `members` are worth anything.
inline void add_evenly(std::vector<std::uint32_t> const& members, double worth,
                       std::vector<exact_sum>& sums) {
    double const part = worth / static_cast<double>(members.size());
    for (auto const member : members)
        sums[member].add(part);
}

/// The Shapley value of a game in which only the coalition of exactly `members` is worth anything:
/// a member that joins last wins its worth, any other player that joins next loses it.
inline void add_marginals(std::vector<std::uint32_t> const& members, double worth,
                          std::vector<exact_sum>& sums) {
    if (worth == 0)
        return;
    double const joined = worth * order_weight(members.size() - 1, sums.size());
    double const left =
        members.size() == sums.size() ? 0 : -worth * order_weight(members.size(), sums.size());
    std::size_t next = 0;
    for (std::uint32_t i = 0; i < sums.size(); ++i) {
        bool const inside = next < members.size() && members[next] == i;
        sums[i].add(inside ? joined : left);
        next += inside ? 1U : 0U;
    }
}

/// What each player adds.
template <class Player, class Channel, amount Amount, class Game>
std::vector<shapley_effect<Player>> effects_of(counted_coalitions<Channel, Amount> const& counts,
                                               std::vector<Player> const& players, Game const& game,
                                               shapley_sampling const& sampling) {
    std::vector<shapley_effect<Player>> result;
    if constexpr (is_coalition_game<Game> || is_rate_game<Game>) {
        std::vector<exact_sum> conversions(players.size());
        std::vector<exact_sum> value(players.size());
        for (auto const& one : counts.coalitions) {
            auto const paths = static_cast<double>(one.conversions + one.nulls);
            auto const converted = static_cast<double>(one.conversions);
            if constexpr (is_coalition_game<Game>) {
                add_evenly(one.members, converted, conversions);
                add_evenly(one.members, as_double(one.value), value);
            } else {
                add_marginals(one.members, converted / paths, conversions);
                add_marginals(one.members, as_double(one.value) / paths, value);
            }
        }
        for (std::size_t i = 0; i < players.size(); ++i)
            result.push_back({players[i], conversions[i].value(), value[i].value(), 0});
    } else {
        for (auto const& one : shapley_values(players, game, sampling))
            result.push_back({one.player, one.value, one.value, one.standard_error});
    }
    return result;
}

template <class Game>
std::string name_of(bool ordered, bool by_value) {
    std::string name = is_coalition_game<Game>
                           ? "Shapley values of the conversions inside a coalition"
                       : is_rate_game<Game> ? "Shapley values of the conversion rate of a coalition"
                                            : "Shapley values of a game of your own";
    name += ordered ? ", by position" : "";
    return name + (by_value ? ", weighed by value" : ", weighed by conversions");
}

template <bool Ordered, class Channel, amount Amount, class Game>
auto solved(counted_coalitions<Channel, Amount> const& counts, Game const& game,
            shapley_options const& options) {
    using player_type = shapley_player<Ordered, Channel>;
    std::vector<player_type> players;
    for (auto const& [position, channel] : counts.players)
        if constexpr (Ordered)
            players.push_back({position + std::size_t{1}, counts.channels[channel]});
        else
            players.push_back(counts.channels[channel]);

    learned_players<Channel, player_type> what;
    for (auto const& channel : counts.channels)
        what.channels(channel);
    what.effects = detail::effects_of(counts, players, game, options.sampling);
    if constexpr (Ordered)
        what.places.resize(counts.channels.size());
    bool any_positive = false;
    bool any_negative = false;
    for (std::size_t i = 0; i < what.effects.size(); ++i) {
        auto const& one = what.effects[i];
        double const weight = options.by_value ? one.value : one.conversions;
        any_positive = any_positive || weight > 0;
        any_negative = any_negative || weight < 0;
        what.weights.push_back(weight < 0 ? -rounded_weight(-weight) : rounded_weight(weight));
        if constexpr (Ordered)
            what.places[counts.players[i].second].emplace_back(one.player.position, i);
    }
    what.card =
        card_of(counts.seen, name_of<Game>(Ordered, options.by_value), counts.channels.size());
    if (Ordered)
        what.card.more.emplace_back(std::string{"players"}, std::to_string(players.size()));
    what.card.more.emplace_back(std::string{"coalitions seen"},
                                std::to_string(counts.coalitions.size()));
    if (any_negative)
        what.card.warnings.push_back("some values are negative: paths with such channels are " +
                                     std::string{options.negative == negative_values::refuse
                                                     ? "refused"
                                                     : "weighed without them"});
    if (!is_coalition_game<Game> && !any_positive)
        what.card.warnings.push_back("no value is positive: no path can be credited by them");
    return what;
}

}  // namespace attribution::detail
