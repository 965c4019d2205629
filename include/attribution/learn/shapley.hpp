// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/learn/counted_parts.hpp>
#include <attribution/engine/learn/solved_game.hpp>
#include <attribution/engine/learn/sparse_totals.hpp>
#include <attribution/engine/memory/sequence_tree.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/learn/shapley_games.hpp>
#include <attribution/learn/shapley_model.hpp>
#include <attribution/numeric/checked_count.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Coalitions of channels and how their paths ended. A commutative monoid, see `learned_counts`.
template <class Projection, class Game, class Channel, amount Amount, bool Ordered>
class shapley_counts {
  public:
    using channel_type = Channel;
    using amount_type = Amount;
    using probe = channel_probe<Channel>;
    using player_type = shapley_player<Ordered, Channel>;
    using model_type =
        shapley_model<Projection, Channel, player_type, detail::is_coalition_game<Game>>;
    using parts_type = detail::shapley_parts<Channel, Amount>;

    shapley_counts(Projection projection, Game game, shapley_options options)
        : projection_(std::move(projection)), game_(std::move(game)), options_{options} {}

    std::uint32_t channel(probe const& seen) { return channels_(seen); }
    [[nodiscard]] attribution::evidence<Amount>& evidence() & { return evidence_; }
    [[nodiscard]] attribution::evidence<Amount> evidence() const&& { return evidence_; }

    void add(std::span<std::uint32_t const> path, path_outcome<Amount> const& outcome) {
        if (!take_note(evidence_, path.size(), outcome))
            return;
        static_cast<void>(detail::as_number(path.size()));  // checks all positions of the path
        members_.clear();
        for (std::size_t i = 0; i < path.size(); ++i)
            members_.push_back(player(static_cast<std::uint32_t>(i), path[i]));
        auto& one = coalition(members_);
        one.conversions += outcome.conversions;
        one.nulls += outcome.nulls;
        if (outcome.conversions != 0)
            values_[one.value].add(outcome.value);
    }

    /// Errors:     std::overflow_error if there are more paths than 64 bits can count.
    void merge(shapley_counts const& other) {
        auto whole = *this;
        whole.add_all(other);
        take(std::move(whole));
    }

    /// The rules by which paths were counted. Counts by different rules cannot be merged.
    [[nodiscard]] std::string counted_by() const {
        return Ordered ? "coalitions of channels at positions" : "coalitions of channels";
    }

    [[nodiscard]] parts_type take_apart() const {
        auto const counts = sorted();
        parts_type parts{counts.channels, counts.players, {}, evidence_};
        for (auto const& one : counts.coalitions) {
            std::vector<typename parts_type::player> players;
            for (auto const member : one.members)
                players.push_back(counts.players[member]);
            auto& part = parts.coalitions.emplace_back(std::move(players), one.conversions,
                                                       one.nulls, std::nullopt);
            if (one.value)
                std::get<3>(part) = *one.value;
        }
        return parts;
    }

    /// Adds counts that were taken apart.
    ///
    /// Errors:     std::invalid_argument if no paths could give such counts; std::overflow_error as
    ///             `merge`. If anything is thrown, nothing is added.
    void merge_parts(parts_type const& parts) {
        detail::check(parts, Ordered);
        auto whole = *this;
        whole.add_all(parts);
        take(std::move(whole));
    }

    /// Errors:     fit_error: no path, nobody converted.
    [[nodiscard]] model_type solve() const {
        require_conversions(evidence_, "shapley");
        return {projection_, options_,
                std::make_shared<typename model_type::learned const>(
                    detail::solved<Ordered>(sorted(), game_, options_))};
    }

  private:
    using placed = std::pair<std::uint32_t, std::uint32_t>;
    using totals = detail::sparse_totals<Amount>;
    using counts_type = detail::counted_coalitions<Channel, Amount>;

    struct counted_coalition {
        std::uint64_t conversions = 0;
        std::uint64_t nulls = 0;
        typename totals::place value;  // set once a path converted there

        [[nodiscard]] bool counts() const { return conversions + nulls != 0; }
    };

    void add_all(shapley_counts const& other) {
        evidence_.merge(other.evidence_);  // no sum of counts exceeds the number of paths
        std::vector<std::uint32_t> channels;
        for (std::size_t i = 0; i < other.channels_.size(); ++i)
            channels.push_back(channels_(probe(other.channels_[i])));
        auto const players = own_players(other.players_, channels);
        for (std::uint32_t node = 1; node < other.coalitions_.size(); ++node) {
            auto const& added = other.coalitions_[node];
            if (!added.counts())
                continue;
            other.tree_.read(node, members_);
            for (auto& one : members_)
                one = players[one];
            auto& own = coalition(members_);
            own.conversions += added.conversions;
            own.nulls += added.nulls;
            if (auto const* const value = other.values_.find(added.value))
                values_[own.value].merge(*value);
        }
    }
    void add_all(parts_type const& parts) {
        evidence_.merge(parts.seen);
        std::vector<std::uint32_t> channels;
        for (auto const& one : parts.channels)
            channels.push_back(channels_(probe(one)));
        if constexpr (Ordered)
            own_players(parts.players, channels);  // also those that are in no coalition
        for (auto const& [players, conversions, nulls, value] : parts.coalitions) {
            members_.clear();
            for (auto const& [position, place] : players)
                members_.push_back(player(position, channels[place]));
            auto& one = coalition(members_);
            one.conversions += conversions;
            one.nulls += nulls;
            if (value)
                values_[one.value].merge(*value);
        }
    }
    /// Replaces these counts by others of the same projection, game and options.
    void take(shapley_counts whole) {
        channels_ = std::move(whole.channels_);
        players_ = std::move(whole.players_);
        player_numbers_ = std::move(whole.player_numbers_);
        tree_ = std::move(whole.tree_);
        known_sets_ = std::move(whole.known_sets_);
        coalitions_ = std::move(whole.coalitions_);
        values_ = std::move(whole.values_);
        evidence_ = std::move(whole.evidence_);
    }

    /// A player's number: the channel's own where positions do not matter.
    std::uint32_t player(std::uint32_t position, std::uint32_t channel) {
        if constexpr (Ordered) {
            auto const fresh = static_cast<std::uint32_t>(players_.size());
            auto const found = player_numbers_(position, channel, fresh);
            if (found == fresh) {
                static_cast<void>(detail::as_number(players_.size()));
                players_.push_back({position, channel});
            }
            return found;
        } else {
            return channel;
        }
    }
    /// The numbers that another object's players have here, given the numbers of their channels.
    std::vector<std::uint32_t> own_players(std::vector<placed> const& players,
                                           std::vector<std::uint32_t> const& channels) {
        if constexpr (Ordered) {
            std::vector<std::uint32_t> own;
            for (auto const& [position, channel] : players)
                own.push_back(player(position, channels[channel]));
            return own;
        } else {
            return channels;
        }
    }

    /// The coalition of these members, in any order, also repeated ones; they are changed.
    counted_coalition& coalition(std::vector<std::uint32_t>& members) {
        auto const node = node_of(members);
        if (tree_.size() > coalitions_.size())
            coalitions_.resize(tree_.size());
        return coalitions_[node];
    }

    /// Few players are a set of bits, by which the node is remembered: most paths are of a set that was
    /// seen before.
    std::uint32_t node_of(std::vector<std::uint32_t>& members) {
        constexpr std::uint32_t few = 63;  // (none, none) is no pair
        std::uint64_t set = 0;
        std::uint32_t largest = 0;
        for (auto const one : members) {
            set |= std::uint64_t{1} << (one % 64);
            largest = std::max(largest, one);
        }
        if (largest >= few) {
            std::sort(members.begin(), members.end());
            members.erase(std::unique(members.begin(), members.end()), members.end());
            return tree_node(members);
        }
        auto& known = known_sets_.number(static_cast<std::uint32_t>(set >> 32),
                                         static_cast<std::uint32_t>(set), detail::pair_map::none);
        if (known == detail::pair_map::none) {
            members.clear();
            for (std::uint32_t one = 0; one < few; ++one)
                if ((set >> one & 1) != 0)
                    members.push_back(one);
            known = tree_node(members);
        }
        return known;
    }
    std::uint32_t tree_node(std::vector<std::uint32_t> const& members) {
        auto node = detail::sequence_tree::root;
        for (auto const one : members)
            node = tree_.child(node, one);
        return node;
    }

    [[nodiscard]] counts_type sorted() const {
        auto const [channels, channel_place] = channels_.in_order();
        std::vector<placed> players;  // by number
        players.reserve(Ordered ? players_.size() : channel_place.size());
        if constexpr (Ordered)
            for (auto const& [position, channel] : players_)
                players.emplace_back(position, channel_place[channel]);
        else
            for (auto const place : channel_place)
                players.emplace_back(0, place);
        counts_type counts{channels, players, {}, evidence_};
        std::sort(counts.players.begin(), counts.players.end());
        std::vector<std::uint32_t> place;
        place.reserve(players.size());
        for (auto const& one : players)
            place.push_back(static_cast<std::uint32_t>(
                std::lower_bound(counts.players.begin(), counts.players.end(), one) -
                counts.players.begin()));
        for (std::uint32_t node = 1; node < coalitions_.size(); ++node) {
            auto const& one = coalitions_[node];
            if (!one.counts())
                continue;
            std::vector<std::uint32_t> members;
            tree_.read(node, members);
            for (auto& member : members)
                member = place[member];
            std::sort(members.begin(), members.end());
            counts.coalitions.push_back(
                {std::move(members), one.conversions, one.nulls, values_.find(one.value)});
        }
        std::sort(counts.coalitions.begin(), counts.coalitions.end(),
                  [](auto const& a, auto const& b) {
                      return detail::comes_before(a.members, b.members);
                  });
        return counts;
    }

    [[no_unique_address]] Projection projection_;
    [[no_unique_address]] Game game_;
    shapley_options options_;
    channel_numbers<Channel> channels_;
    std::vector<placed> players_;  // (position, channel), where positions matter
    detail::pair_map player_numbers_;
    detail::sequence_tree tree_;
    detail::pair_map known_sets_;
    std::vector<counted_coalition> coalitions_{1};  // by node of the tree
    totals values_;
    std::vector<std::uint32_t> members_;  // scratch
    attribution::evidence<Amount> evidence_;
};

/// The estimator that `shapley` and `ordered_shapley` make.
template <class Projection, class Game, bool Ordered>
struct shapley_estimator {
    [[no_unique_address]] Projection channel;
    [[no_unique_address]] Game game;
    shapley_options options;

    template <class Channel, amount Amount>
    [[nodiscard]] auto counts() const {
        static_assert(
            std::totally_ordered<Channel>,
            "attribution: shapley() needs channels that are ordered by <, so that results "
            "do not depend on who came first");
        return shapley_counts<Projection, Game, Channel, Amount, Ordered>{channel, game, options};
    }
};

namespace detail {

template <class Projection>
constexpr void require_projection() {
    static_assert(
        may_project<Projection, shapley_options, coalition_game_fn, conversion_rate_game_fn>,
        "attribution: the first argument of shapley() and ordered_shapley() is a projection of "
        "touchpoints to channels, or {} for paths that were counted before; the game comes second "
        "and options third, as in shapley(&touch::channel, conversion_rate_game)");
}

}  // namespace detail

/// Credits each channel with its average contribution, over all orders in which the channels of a
/// game could have joined.
///
/// Games:      (a) `coalition_game`, the default: v(S) = conversions of the paths whose channels
///             all lie in S. Its Shapley value splits every path evenly over its distinct channels:
///             exact, for any number of channels. As a model it does the same, path by path.
///             (b) `conversion_rate_game`: v(S) = conversion rate of the paths through exactly the
///             channels S, 0 if there are none. Only coalitions that were seen have a worth, so the
///             exact value is a sum over them, again for any number of channels. The game is not
///             monotone: negative values occur, and are reported. On a single path a touchpoint
///             weighs its channel's value, split evenly over the channel's touchpoints.
///             Or a callable of your own, v(std::span<Player const>) -> double. It is called with
///             sorted coalitions of the channels that were seen: counted out up to 20 players,
///             sampled beyond; see `shapley_values`.
/// Options:    `shapley(&touch::channel, conversion_rate_game, {.by_value = true, .negative =
///             negative_values::as_zero})`.
/// Edges:      a model of game (a) needs no learned numbers, only the path; channels that were
///             never learned weigh 0. If a channel has a negative value, crediting a path with that
///             channel is an error by default; with `negative_values::as_zero` the channel weighs
///             0.
/// Errors:     fit_error: no path, nobody converted.
/// Complexity: O(coalitions seen * channels).
/// Same bytes: sums are exact and coalitions are sorted: neither the order of the records nor the
///             order of merging can change a result.
/// Source:     (a) Zhao, Mahboobi, Bagheri, 2018, "Shapley value methods for attribution modeling
///             in online advertising"; (b) Shao & Li, 2011, "Data-driven multi-touch attribution
///             models", in the form of exact sets.
/// Example:    examples/recipes/shapley.cpp
template <class Projection = detail::no_projection, class Game = coalition_game_fn>
[[nodiscard]] auto shapley(Projection channel = {}, Game game = {}, shapley_options options = {}) {
    detail::require_projection<Projection>();
    return shapley_estimator<Projection, Game, false>{std::move(channel), std::move(game), options};
}

/// As above, with (position, channel) pairs as players: an email that comes second is a different
/// player from one that comes first.
///
/// Edges:      with `coalition_game` every touchpoint of a path weighs the same; the effects
///             distinguish a channel's positions. In the other games, (position, channel) pairs
///             that were never learned weigh 0.
/// Source:     Zhao, Mahboobi, Bagheri, 2018, section "ordered Shapley value".
template <class Projection = detail::no_projection, class Game = coalition_game_fn>
[[nodiscard]] auto ordered_shapley(Projection channel = {}, Game game = {},
                                   shapley_options options = {}) {
    detail::require_projection<Projection>();
    return shapley_estimator<Projection, Game, true>{std::move(channel), std::move(game), options};
}

}  // namespace attribution
