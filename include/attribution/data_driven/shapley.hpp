// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/data_driven/channel_weights.hpp>
#include <attribution/data_driven/counted_parts.hpp>
#include <attribution/data_driven/estimator.hpp>
#include <attribution/data_driven/fit_error.hpp>
#include <attribution/data_driven/model_card.hpp>
#include <attribution/data_driven/shapley_values.hpp>
#include <attribution/detail/exact_sum.hpp>
#include <attribution/detail/sequence_tree.hpp>
#include <attribution/path.hpp>
#include <attribution/tally.hpp>

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

/// Game (a): a coalition of channels is worth the conversions of the paths that need no other
/// channel.
struct coalition_game_fn {};
inline constexpr coalition_game_fn coalition_game{};

/// Game (b): a coalition is worth the conversion rate of the paths through exactly its channels.
struct conversion_rate_game_fn {};
inline constexpr conversion_rate_game_fn conversion_rate_game{};

/// What a model does on a path with a channel whose Shapley value is negative.
enum class negative_values {
    refuse,  // std::domain_error that names the touchpoint and the conversion
    as_zero  // the channel earns nothing
};

/// What a Shapley estimator is to do.
struct shapley_options {
    bool ordered = false;   // players are (position, channel), positions from 1
    bool by_value = false;  // weigh by the value of paths, not by conversions
    negative_values negative = negative_values::refuse;
    shapley_sampling sampling =
        {};  // of games of your own with more players than can be counted out
};

/// A player of the ordered variant: a channel at a position of the path, from 1.
template <class Channel>
struct placed_channel {
    std::size_t position;
    Channel channel;

    friend auto operator<=>(placed_channel const&, placed_channel const&) = default;
    friend std::ostream& operator<<(std::ostream& out, placed_channel const& player) {
        return out << player.position << ' ' << player.channel;
    }
};

/// What one player adds, by the game.
template <class Player>
struct shapley_effect {
    Player player;
    double conversions;  // game (a): conversions; (b): conversion rate; your own: what it returns
    double value;        // game (a): value; (b): value per path; your own: the same as before
    double standard_error;  // of a sampled value; 0 if it was counted out
};

/// What `shapley` learns: a model, and the numbers behind it.
///
/// A cheap copy: what was learned is shared and never changes.
template <class Projection, class Channel, class Player, bool Linear>
class shapley_model : public model_tag {
  public:
    struct learned {
        detail::channel_numbers<Channel> channels;  // in their order
        std::vector<shapley_effect<Player>> effects;
        std::vector<double> weights;  // by player
        std::vector<std::vector<std::pair<std::size_t, std::size_t>>> places;
        // ordered: of every channel, (position, player)
        model_card card;
    };

    shapley_model(Projection channel, shapley_options options, std::shared_ptr<learned const> what)
        : channel_(std::move(channel)), options_{options}, learned_{std::move(what)} {}

    template <class Path>
    void operator()(Path const& steps, weights w) const {
        if constexpr (Linear) {
            if (options_.ordered)
                std::fill(w.begin(), w.end(), 1.0);
            else
                detail::weigh_channels(
                    learned_->channels, steps, channel_, [](std::size_t) { return 1.0; }, w);
        } else if (options_.ordered) {
            weigh_places(steps, w);
        } else {
            detail::weigh_channels(
                learned_->channels, steps, channel_,
                [&](std::size_t number) { return learned_->weights[number]; }, w);
        }
        for (std::size_t i = 0; i < w.size(); ++i)
            if (w[i] < 0)
                judge(steps, i, w[i]);
    }

    /// One row per player, in their order. Negative ones are not hidden.
    [[nodiscard]] std::vector<shapley_effect<Player>> const& effects() const {
        return learned_->effects;
    }
    [[nodiscard]] model_card const& card() const { return learned_->card; }

  private:
    template <class Path>
    void weigh_places(Path const& steps, weights w) const {
        using probe = detail::channel_probe<Channel>;
        for (std::size_t i = 0; i < w.size(); ++i) {
            auto const one = steps[i];
            auto const number =
                learned_->channels.find(probe(std::invoke(channel_, one.touchpoint())));
            if (number >= learned_->places.size())
                continue;
            for (auto const& [position, player] : learned_->places[number])
                if (position == i + 1)
                    w[i] = learned_->weights[player];
        }
    }

    template <class Path>
    void judge(Path const& steps, std::size_t i, double& weight) const {
        if (options_.negative == negative_values::refuse)
            throw std::domain_error{
                "shapley: touchpoint row " + std::to_string(steps[i].row()) +
                " of conversion row " + std::to_string(steps.about().row()) +
                " is of a channel with the negative value " + detail::text_of(weight) +
                "; choose negative_values::as_zero, or coalition_game, which has none"};
        weight = 0;
    }

    [[no_unique_address]] Projection channel_;
    shapley_options options_;
    std::shared_ptr<learned const> learned_;
};

/// Coalitions and what became of them. A commutative monoid, see `learned_counts`.
template <class Projection, class Game, class Channel, amount Amount, bool Ordered>
class shapley_counts {
  public:
    static constexpr bool linear = std::same_as<Game, coalition_game_fn>;
    static constexpr bool rates = std::same_as<Game, conversion_rate_game_fn>;

    using channel_type = Channel;
    using amount_type = Amount;
    using probe = detail::channel_probe<Channel>;
    using player_type = std::conditional_t<Ordered, placed_channel<Channel>, Channel>;
    using model_type = shapley_model<Projection, Channel, player_type, linear>;

    shapley_counts(Projection projection, Game game, shapley_options options)
        : projection_(std::move(projection)), game_(std::move(game)), options_{options} {}

    std::uint32_t channel(probe const& seen) { return channels_(seen); }
    [[nodiscard]] detail::evidence<Amount>& evidence() { return evidence_; }

    void add(std::span<std::uint32_t const> path, path_outcome<Amount> const& outcome) {
        if (path.empty()) {
            evidence_.pathless_conversions += outcome.conversions;
            evidence_.pathless_value.add(outcome.value);
            evidence_.pathless_customers += outcome.nulls;
            return;
        }
        ++evidence_.rows;
        evidence_.conversions += outcome.conversions;
        evidence_.nulls += outcome.nulls;
        evidence_.value.add(outcome.value);
        members_.assign(path.begin(), path.end());
        if constexpr (Ordered) {
            for (std::size_t i = 0; i < members_.size(); ++i)
                members_[i] = player(static_cast<std::uint32_t>(i), members_[i]);
        } else {
            while (players_.size() < channels_.size())
                players_.push_back({0, static_cast<std::uint32_t>(players_.size())});
        }
        auto& one = coalition(members_);
        one.conversions += outcome.conversions;
        one.nulls += outcome.nulls;
        if (outcome.conversions != 0)
            value_at(one).add(outcome.value);
    }

    void merge(shapley_counts const& other) {
        auto whole = *this;
        whole.add_all(other);
        take(std::move(whole));
    }

    /// By which rules paths were counted; counts of different ones cannot be merged.
    [[nodiscard]] std::string counted_by() const {
        return Ordered ? "coalitions of channels at positions" : "coalitions of channels";
    }

    using parts_type = detail::shapley_parts<Channel, Amount>;

    [[nodiscard]] parts_type take_apart() const {
        parts_type parts;
        std::vector<std::uint32_t> place(channels_.size(), 0);
        for (auto const channel : channels_.sorted()) {
            place[channel] = static_cast<std::uint32_t>(parts.channels.size());
            parts.channels.push_back(channels_[channel]);
        }
        for (auto const& [position, channel] : players_)
            parts.players.emplace_back(position, place[channel]);
        std::sort(parts.players.begin(), parts.players.end());
        std::vector<std::uint32_t> members;
        for (std::uint32_t node = 1; node < coalitions_.size(); ++node) {
            auto const& counted = coalitions_[node];
            if (counted.conversions + counted.nulls == 0)
                continue;
            tree_.read(node, members);
            std::vector<typename parts_type::player> players;
            for (auto const member : members)
                players.emplace_back(players_[member].first, place[players_[member].second]);
            std::sort(players.begin(), players.end());
            std::optional<running_total<Amount>> value;
            if (counted.value != none)
                value = values_[counted.value];
            parts.coalitions.emplace_back(std::move(players), counted.conversions, counted.nulls,
                                          value);
        }
        std::sort(parts.coalitions.begin(), parts.coalitions.end(),
                  [](auto const& a, auto const& b) { return std::get<0>(a) < std::get<0>(b); });
        parts.seen = evidence_;
        return parts;
    }

    /// Adds counts that were taken apart.
    ///
    /// Errors:     std::invalid_argument if no paths give such counts. Whatever is thrown, nothing
    ///             is added.
    void merge_parts(parts_type const& parts) {
        check(parts);
        auto whole = *this;
        whole.add_all(parts);
        take(std::move(whole));
    }

    /// Errors:     fit_error: no path, nobody converted.
    [[nodiscard]] model_type solve() const {
        if (evidence_.conversions + evidence_.nulls == 0)
            throw fit_error{fit_failure::no_path, "shapley: there is no path to learn from"};
        if (evidence_.conversions == 0)
            throw fit_error{fit_failure::no_converting_path,
                            "shapley: no path converted, so there is nothing to explain"};
        auto const order = sorted();
        auto what = std::make_shared<typename model_type::learned>();
        for (auto const number : channels_.sorted())
            what->channels(probe(channels_[number]));
        what->effects = effects(order);
        what->places.resize(what->channels.size());
        bool any_positive = false;
        bool any_negative = false;
        for (std::size_t i = 0; i < what->effects.size(); ++i) {
            auto const& one = what->effects[i];
            double const weight = options_.by_value ? one.value : one.conversions;
            any_positive = any_positive || weight > 0;
            any_negative = any_negative || weight < 0;
            what->weights.push_back(weight < 0 ? -detail::rounded_weight(-weight)
                                               : detail::rounded_weight(weight));
            if constexpr (Ordered)
                what->places[what->channels.find(probe(one.player.channel))].emplace_back(
                    one.player.position, i);
        }
        what->card = describe(order, any_negative);
        if (!linear && !any_positive)
            what->card.warnings.emplace_back(
                "no value is positive: no path can be credited by them");
        return {projection_, options_, std::move(what)};
    }

  private:
    static constexpr std::uint32_t none = 0xffff'ffff;

    struct counted_coalition {
        std::uint64_t conversions = 0;
        std::uint64_t nulls = 0;
        std::uint32_t value = none;  // place in values_, where a conversion has been
    };
    struct sorted_coalition {
        std::vector<std::uint32_t> members;  // places of players, ascending
        std::uint32_t node;
    };
    struct sorted_coalitions {
        std::vector<player_type> players;
        std::vector<sorted_coalition> coalitions;
    };

    void check(parts_type const& parts) const {
        auto const require = [](bool holds) {
            if (!holds)
                throw std::invalid_argument{"shapley: these are not the counts of any paths"};
        };
        for (std::size_t i = 1; i < parts.channels.size(); ++i)
            require(parts.channels[i - 1] < parts.channels[i]);
        auto const known = [&](auto const& players) {
            return std::all_of(players.begin(), players.end(), [&](auto const& one) {
                return one.second < parts.channels.size() && (Ordered || one.first == 0);
            });
        };
        auto const ascending = [](auto const& players) {
            return std::adjacent_find(players.begin(), players.end(), std::greater_equal<>{}) ==
                   players.end();
        };
        require(known(parts.players) && ascending(parts.players));
        require(Ordered || parts.players.size() == parts.channels.size());
        detail::int128 conversions = 0;
        detail::int128 nulls = 0;
        std::vector<typename parts_type::player> const* last = nullptr;
        for (auto const& [players, converted, lost, value] : parts.coalitions) {
            require(!players.empty() && (converted != 0 || lost != 0) &&
                    value.has_value() == (converted != 0));
            require(ascending(players) && std::includes(parts.players.begin(), parts.players.end(),
                                                        players.begin(), players.end()));
            require(last == nullptr || *last < players);
            last = &players;
            conversions += converted;
            nulls += lost;
        }
        require(conversions == parts.seen.conversions && nulls == parts.seen.nulls);
    }

    void add_all(shapley_counts const& other) {
        std::vector<std::uint32_t> players;
        for (auto const& [position, number] : other.players_) {
            auto const own = channels_(probe(other.channels_[number]));
            players.push_back(Ordered ? player(position, own) : own);
        }
        while (!Ordered && players_.size() < channels_.size())
            players_.push_back({0, static_cast<std::uint32_t>(players_.size())});
        for (std::size_t i = 1; i < other.coalitions_.size(); ++i) {
            auto const& added = other.coalitions_[i];
            if (added.conversions + added.nulls == 0)
                continue;
            other.tree_.read(static_cast<std::uint32_t>(i), members_);
            for (auto& one : members_)
                one = players[one];
            auto& own = coalition(members_);
            own.conversions += added.conversions;
            own.nulls += added.nulls;
            if (added.value != none)
                value_at(own).merge(other.values_[added.value]);
        }
        evidence_.merge(other.evidence_);
    }
    void add_all(parts_type const& parts) {
        std::vector<std::uint32_t> own;
        for (auto const& one : parts.channels)
            own.push_back(channels_(probe(one)));
        while (!Ordered && players_.size() < channels_.size())
            players_.push_back({0, static_cast<std::uint32_t>(players_.size())});
        if constexpr (Ordered)
            for (auto const& [position, channel] : parts.players)
                (void)player(position, own[channel]);
        for (auto const& [players, conversions, nulls, value] : parts.coalitions) {
            members_.clear();
            for (auto const& [position, channel] : players)
                members_.push_back(Ordered ? player(position, own[channel]) : own[channel]);
            auto& one = coalition(members_);
            one.conversions += conversions;
            one.nulls += nulls;
            if (value)
                value_at(one).merge(*value);
        }
        evidence_.merge(parts.seen);
    }
    /// The counts of another of the same projection, game and options.
    void take(shapley_counts whole) {
        channels_ = std::move(whole.channels_);
        players_ = std::move(whole.players_);
        player_numbers_ = std::move(whole.player_numbers_);
        tree_ = std::move(whole.tree_);
        coalitions_ = std::move(whole.coalitions_);
        values_ = std::move(whole.values_);
        evidence_ = std::move(whole.evidence_);
    }

    std::uint32_t player(std::uint32_t position, std::uint32_t channel) {
        auto const fresh = static_cast<std::uint32_t>(players_.size());
        auto const found = player_numbers_(position, channel, fresh);
        if (found == fresh)
            players_.push_back({position, channel});
        return found;
    }

    /// `members` is sorted, and repeats are dropped.
    counted_coalition& coalition(std::vector<std::uint32_t>& members) {
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        auto node = detail::sequence_tree::root;
        for (auto const one : members)
            node = tree_.child(node, one);
        if (tree_.size() > coalitions_.size())
            coalitions_.resize(tree_.size());
        return coalitions_[node];
    }

    running_total<Amount>& value_at(counted_coalition& one) {
        if (one.value == none) {
            one.value = static_cast<std::uint32_t>(values_.size());
            values_.emplace_back();
        }
        return values_[one.value];
    }

    [[nodiscard]] double value_of(counted_coalition const& one) const {
        return one.value == none ? 0
                                 : static_cast<double>(
                                       detail::units_of<Amount>::count(values_[one.value].value()));
    }

    [[nodiscard]] player_type named(std::pair<std::uint32_t, std::uint32_t> const& one) const {
        if constexpr (Ordered)
            return {one.first + std::size_t{1}, channels_[one.second]};
        else
            return channels_[one.second];
    }

    [[nodiscard]] sorted_coalitions sorted() const {
        std::vector<std::uint32_t> order(players_.size(), 0);
        for (std::uint32_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return named(players_[a]) < named(players_[b]);
        });
        sorted_coalitions result;
        std::vector<std::uint32_t> place(order.size(), 0);
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            place[order[i]] = i;
            result.players.push_back(named(players_[order[i]]));
        }
        for (std::uint32_t node = 1; node < coalitions_.size(); ++node) {
            if (coalitions_[node].conversions + coalitions_[node].nulls == 0)
                continue;
            sorted_coalition one{{}, node};
            tree_.read(node, one.members);
            for (auto& member : one.members)
                member = place[member];
            std::sort(one.members.begin(), one.members.end());
            result.coalitions.push_back(std::move(one));
        }
        std::sort(result.coalitions.begin(), result.coalitions.end(),
                  [](sorted_coalition const& a, sorted_coalition const& b) {
                      return a.members < b.members;
                  });
        return result;
    }

    [[nodiscard]] std::vector<shapley_effect<player_type>>
    effects(sorted_coalitions const& order) const {
        std::vector<shapley_effect<player_type>> result;
        if constexpr (linear || rates) {
            std::vector<detail::exact_sum> conversions(order.players.size());
            std::vector<detail::exact_sum> value(order.players.size());
            for (auto const& one : order.coalitions) {
                auto const& counted = coalitions_[one.node];
                auto const paths = static_cast<double>(counted.conversions + counted.nulls);
                auto const converted = static_cast<double>(counted.conversions);
                if constexpr (linear) {
                    add_evenly(one.members, converted, conversions);
                    add_evenly(one.members, value_of(counted), value);
                } else {
                    add_marginals(one.members, converted / paths, conversions);
                    add_marginals(one.members, value_of(counted) / paths, value);
                }
            }
            for (std::size_t i = 0; i < order.players.size(); ++i)
                result.push_back({order.players[i], conversions[i].value(), value[i].value(), 0});
        } else {
            for (auto const& one : shapley_values(order.players, game_, options_.sampling))
                result.push_back({one.player, one.value, one.value, one.standard_error});
        }
        return result;
    }

    /// The Shapley value of a game in which only coalitions around `members` are worth anything.
    static void add_evenly(std::vector<std::uint32_t> const& members, double worth,
                           std::vector<detail::exact_sum>& sums) {
        double const part = worth / static_cast<double>(members.size());
        for (auto const member : members)
            sums[member].add(part);
    }

    /// The Shapley value of a game in which exactly `members` are worth anything: joining last wins
    /// it for the members, joining next loses it for everybody else.
    static void add_marginals(std::vector<std::uint32_t> const& members, double worth,
                              std::vector<detail::exact_sum>& sums) {
        if (worth == 0)
            return;
        double const joined = worth * detail::order_weight(members.size() - 1, sums.size());
        double const left = members.size() == sums.size()
                                ? 0
                                : -worth * detail::order_weight(members.size(), sums.size());
        std::size_t next = 0;
        for (std::uint32_t i = 0; i < sums.size(); ++i) {
            bool const inside = next < members.size() && members[next] == i;
            sums[i].add(inside ? joined : left);
            next += inside ? 1U : 0U;
        }
    }

    [[nodiscard]] model_card describe(sorted_coalitions const& order, bool any_negative) const {
        std::string name = linear  ? "Shapley values of the conversions inside a coalition"
                           : rates ? "Shapley values of the conversion rate of a coalition"
                                   : "Shapley values of a game of your own";
        name += Ordered ? ", by position" : "";
        name += options_.by_value ? ", weighed by value" : ", weighed by conversions";
        auto card = detail::card_of(evidence_, std::move(name), channels_.size());
        if (Ordered)
            card.more.emplace_back("players", std::to_string(order.players.size()));
        card.more.emplace_back("coalitions seen", std::to_string(order.coalitions.size()));
        if (any_negative)
            card.warnings.emplace_back("some values are negative: paths with such channels are " +
                                       std::string{options_.negative == negative_values::refuse
                                                       ? "refused"
                                                       : "weighed without them"});
        return card;
    }

    [[no_unique_address]] Projection projection_;
    [[no_unique_address]] Game game_;
    shapley_options options_;
    detail::channel_numbers<Channel> channels_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> players_;  // (position, channel)
    detail::pair_map player_numbers_;
    detail::sequence_tree tree_;
    std::vector<counted_coalition> coalitions_{1};  // by node of the tree
    std::vector<running_total<Amount>> values_;
    std::vector<std::uint32_t> members_;  // scratch
    detail::evidence<Amount> evidence_;
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

/// Credits each channel with its average contribution, over all orders in which the channels of a
/// game could have joined.
///
/// Games:      `coalition_game`, the default: v(S) = conversions of the paths whose channels all
///             lie in S. Its Shapley value splits every path evenly over its distinct channels:
///             exact, for any number of channels. As a model it does that, path by path.
///             `conversion_rate_game`: v(S) = conversion rate of the paths through exactly the
///             channels S, 0 where there is none. Only coalitions that were seen are worth
///             anything, so that the exact value is a sum over those, for any number of channels
///             too. Not monotone: negative values occur, and are reported. On single paths a
///             touchpoint weighs its channel's value, split evenly over the channel's touchpoints.
///             Or a callable of your own, v(std::span<Player const>) -> double, called with sorted
///             coalitions of the channels that were seen: counted out up to 20 players, sampled
///             beyond; see `shapley_values`.
/// Options:    `shapley(&touch::channel, conversion_rate_game, {.by_value = true, .negative =
///             negative_values::as_zero})`.
/// Edges:      a model of game (a) needs no learned numbers, only the path; channels that were
///             never learned weigh 0. Negative values are refused where a path with such a channel
///             is to be credited, or weigh 0 if you say so.
/// Errors:     fit_error: no path, nobody converted.
/// Complexity: O(coalitions seen * channels).
/// Same bytes: sums are exact and coalitions sorted: neither the order of records nor of merging
///             can show.
/// Source:     (a) Zhao, Mahboobi, Bagheri, 2018, "Shapley value methods for attribution modeling
///             in online advertising"; (b) Shao & Li, 2011, "Data-driven multi-touch attribution
///             models", in the form of exact sets.
/// Example:    examples/recipes/shapley.cpp
template <class Projection = detail::no_projection, class Game = coalition_game_fn>
[[nodiscard]] auto shapley(Projection channel = {}, Game game = {}, shapley_options options = {}) {
    options.ordered = false;
    return shapley_estimator<Projection, Game, false>{std::move(channel), std::move(game), options};
}

/// The same with (position, channel) as players: an email that comes second is another player than
/// one that comes first.
///
/// Edges:      with `coalition_game` every touchpoint of a path weighs the same, and the effects
///             tell channels' positions apart. (position, channel) pairs that were never learned
///             weigh 0 in the other games.
/// Source:     Zhao, Mahboobi, Bagheri, 2018, section "ordered Shapley value".
template <class Projection = detail::no_projection, class Game = coalition_game_fn>
[[nodiscard]] auto ordered_shapley(Projection channel = {}, Game game = {},
                                   shapley_options options = {}) {
    options.ordered = true;
    return shapley_estimator<Projection, Game, true>{std::move(channel), std::move(game), options};
}

}  // namespace attribution
