// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/learn/aged_states.hpp>
#include <attribution/engine/learn/solved_survival.hpp>
#include <attribution/engine/learn/sparse_totals.hpp>
#include <attribution/engine/learn/survival_counts.hpp>
#include <attribution/engine/memory/sequence_tree.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/learn/survival_model.hpp>
#include <attribution/numeric/checked_count.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// How long customers were in each state, and how often they converted there. A commutative monoid,
/// see `learned_counts`.
template <class Projection, class Length, class Channel, amount Amount>
class survival_counts {
  public:
    using channel_type = Channel;
    using amount_type = Amount;
    using probe = channel_probe<Channel>;
    using model_type = survival_model<Projection, Channel, Length>;
    using parts_type = detail::survival_parts<Channel, Amount>;

    survival_counts(Projection projection, Length unit, survival_options options)
        : projection_(std::move(projection)), unit_{unit}, options_{options} {}

    std::uint32_t channel(probe const& seen) { return channels_(seen); }
    [[nodiscard]] attribution::evidence<Amount>& evidence() & { return evidence_; }
    [[nodiscard]] attribution::evidence<Amount> evidence() const&& { return evidence_; }

    /// Ages are ticks, from 1; see `aged_states`.
    void add(std::span<std::uint32_t const> path, std::span<std::int64_t const> ages,
             path_outcome<Amount> const& outcome) {
        auto const seen = static_cast<std::size_t>(
            std::count_if(ages.begin(), ages.end(), [](std::int64_t age) { return age > 0; }));
        if (!take_note(evidence_, seen, outcome))
            return;
        auto const weight = outcome.conversions + outcome.nulls;
        if (weight == 0)
            return;
        if (options_.exposure == survival_exposure::all_the_time)
            walk_.walk(path, ages, [&](auto const& touches, std::uint64_t ticks) {
                expose(state(touches), weight, ticks);
            });
        else
            expose(state(walk_.last(path, ages)), weight, detail::age_classes::ticks_per_unit);
        auto& last = states_[state(walk_.last(path, ages))];
        last.conversions += outcome.conversions;
        if (outcome.conversions != 0)
            values_[last.value].add(outcome.value);
    }

    /// Errors:     std::invalid_argument if `other` was counted in other units, or with another
    ///             exposure; std::overflow_error if there are more paths, or ticks in them, than 64
    ///             bits can count.
    void merge(survival_counts const& other) {
        if (!(other.unit_ == unit_) || other.options_.exposure != options_.exposure)
            throw std::invalid_argument{"survival: counts in different units of age, or with "
                                        "different exposure, cannot be merged"};
        auto whole = *this;
        whole.add_all(other);
        take(std::move(whole));
    }

    /// The rules by which paths were counted. Counts by different rules cannot be merged.
    [[nodiscard]] std::string counted_by() const {
        std::string const rules = options_.exposure == survival_exposure::all_the_time
                                      ? "states of touchpoints by age, in units of "
                                      : "last states of touchpoints by age, in units of ";
        if constexpr (detail::is_duration<Length>)
            return rules + detail::number_text(std::chrono::duration<double>{unit_}.count()) + " s";
        else
            return rules + detail::number_text(static_cast<double>(unit_));
    }

    [[nodiscard]] parts_type take_apart() const {
        auto const [channels, place] = channels_.in_order();
        parts_type parts{channels, {}, evidence_};
        for_each_state(place, [&](std::vector<std::uint32_t> touches, counted_state const& one) {
            auto& part = parts.states.emplace_back(std::move(touches), one.ticks, one.conversions,
                                                   std::nullopt);
            if (auto const* const value = values_.find(one.value))
                std::get<3>(part) = *value;
        });
        std::sort(parts.states.begin(), parts.states.end(), [](auto const& a, auto const& b) {
            return detail::comes_before(std::get<0>(a), std::get<0>(b));
        });
        return parts;
    }

    /// Adds counts that were taken apart.
    ///
    /// Errors:     std::invalid_argument if no paths could give such counts; std::overflow_error as
    ///             `merge`. If anything is thrown, nothing is added.
    void merge_parts(parts_type const& parts) {
        detail::check(parts);
        auto whole = *this;
        whole.add_all(parts);
        take(std::move(whole));
    }

    /// Errors:     fit_error: no path, nobody converted; std::overflow_error if the value does not
    ///             fit into its type.
    /// Complexity: see `survival`.
    [[nodiscard]] model_type solve() const {
        require_conversions(evidence_, "survival");
        auto const [channels, place] = channels_.in_order();
        std::vector<detail::observed_state> states;
        for_each_state(place, [&](std::vector<std::uint32_t> touches, counted_state const& one) {
            states.push_back({std::move(touches), one.ticks, one.conversions,
                              detail::as_double<Amount>(values_.find(one.value))});
        });
        std::sort(states.begin(), states.end(), [](auto const& a, auto const& b) {
            return detail::comes_before(a.touches, b.touches);
        });
        return {projection_, unit_, options_.credit,
                std::make_shared<detail::learned_survival<Channel> const>(detail::solved(
                    channels, states, options_,
                    card_of(evidence_, detail::name_of(options_), channels.size())))};
    }

  private:
    struct counted_state {
        std::uint64_t ticks = 0;
        std::uint64_t conversions = 0;
        typename detail::sparse_totals<Amount>::place value;  // set once a path converted there
    };

    /// The number of a state.
    std::uint32_t state(std::vector<std::uint32_t> const& touches) {
        auto node = detail::sequence_tree::root;
        for (auto const touch : touches)
            node = tree_.child(node, touch);
        if (tree_.size() > states_.size())
            states_.resize(tree_.size());
        return node;
    }
    void expose(std::uint32_t number, std::uint64_t paths, std::uint64_t ticks) {
        ticks_ = detail::counted(ticks_, paths, ticks);
        states_[number].ticks += paths * ticks;
    }

    /// Calls `visit(touches, state)` for all states that were met, channels by their place.
    template <class Visit>
    void for_each_state(std::vector<std::uint32_t> const& place, Visit visit) const {
        std::vector<std::uint32_t> touches;
        for (std::uint32_t node = 0; node < states_.size(); ++node) {
            if (states_[node].ticks == 0)
                continue;
            tree_.read(node, touches);
            visit(renumbered(touches, place), states_[node]);
        }
    }
    [[nodiscard]] static std::vector<std::uint32_t>
    renumbered(std::vector<std::uint32_t> touches, std::vector<std::uint32_t> const& channels) {
        constexpr auto classes = detail::age_classes::number;
        for (auto& touch : touches)
            touch = channels[touch / classes] * classes + touch % classes;
        std::sort(touches.begin(), touches.end());
        return touches;
    }

    void add_state(std::vector<std::uint32_t> const& touches, std::uint64_t ticks,
                   std::uint64_t conversions, running_total<Amount> const* value) {
        auto const number = state(touches);
        expose(number, 1, ticks);
        auto& own = states_[number];
        own.conversions += conversions;
        if (value != nullptr)
            values_[own.value].merge(*value);
    }
    void add_all(survival_counts const& other) {
        evidence_.merge(other.evidence_);
        std::vector<std::uint32_t> channels;
        for (std::size_t i = 0; i < other.channels_.size(); ++i)
            channels.push_back(channels_(probe(other.channels_[i])));
        other.for_each_state(channels, [&](auto const& touches, counted_state const& added) {
            add_state(touches, added.ticks, added.conversions, other.values_.find(added.value));
        });
    }
    void add_all(parts_type const& parts) {
        evidence_.merge(parts.seen);
        std::vector<std::uint32_t> channels;
        for (auto const& one : parts.channels)
            channels.push_back(channels_(probe(one)));
        for (auto const& [touches, ticks, conversions, value] : parts.states)
            add_state(renumbered(touches, channels), ticks, conversions, value ? &*value : nullptr);
    }
    /// Replaces these counts by others of the same rules.
    void take(survival_counts whole) {
        channels_ = std::move(whole.channels_);
        tree_ = std::move(whole.tree_);
        states_ = std::move(whole.states_);
        values_ = std::move(whole.values_);
        ticks_ = whole.ticks_;
        evidence_ = std::move(whole.evidence_);
    }

    [[no_unique_address]] Projection projection_;
    Length unit_;
    survival_options options_;
    channel_numbers<Channel> channels_;
    detail::sequence_tree tree_;
    std::vector<counted_state> states_ = std::vector<counted_state>(1);  // by node of the tree
    detail::sparse_totals<Amount> values_;
    std::uint64_t ticks_ = 0;  // of all states
    detail::aged_states walk_;
    attribution::evidence<Amount> evidence_;
};

/// The estimator that `survival` makes.
template <class Projection, class Length>
struct survival_estimator {
    static constexpr bool needs_touchpoints = true;
    [[no_unique_address]] Projection channel;
    detail::age_in_ticks<Length> ticks;
    survival_options options;

    /// In 64ths of the unit, from 1; 0 for touchpoints after the end of the path.
    template <class Step>
    [[nodiscard]] std::int64_t age(Step const& one) const {
        return ticks(one) + 1;
    }

    template <class Channel, amount Amount>
    [[nodiscard]] auto counts() const {
        static_assert(std::totally_ordered<Channel>,
                      "attribution: survival() needs channels that are ordered by <, so that "
                      "results do not depend on who came first");
        return survival_counts<Projection, Length, Channel, Amount>{channel, ticks.unit, options};
    }
};

/// Learns how channels raise the rate at which customers convert, and how soon that fades; credits
/// each channel with the conversions that would not be without it.
///
/// The rate is exp(baseline + sum over the touchpoints so far of the effect of their channel *
/// 2^(-age / half-life of the channel)). Effects multiply, so what two touchpoints do together is
/// more than what each does alone. Of a conversion at the rate r, the baseline's part is
/// exp(baseline) / r; the touchpoints share the rest as `survival_options::credit` says.
///
/// Shape:      `survival(&touch::channel, 12h, {.credit = survival_credit::backwards})`.
/// Units:      `unit` is the shortest time that matters: ages are told apart in classes of one
///             unit, two, four, ... up to 128 units.
/// Limits:     a touchpoint older than 128 units does nothing any more, and weighs 0: choose a unit
///             of at least a 128th of the time for which an effect may last. At any time only the
///             youngest 32 touchpoints count, when learning and when weighing; older ones weigh 0,
///             what they did goes to the younger ones and the baseline, and nothing says so: where
///             paths are longer, learn `over` visits or the first of each channel. Half-lives are
///             1/4, 1/2, 1, ..., 64 units, whichever of the nine suits best: an effect that fades
///             sooner is learned as a weaker one of 1/4 unit, one that stays as one of 64 units. The
///             baseline is one rate for all customers and times: what seasons, the time since the
///             first touchpoint or the customers' own inclination do is laid to the channels that
///             are met along with it.
/// Edges:      a customer is observed from the first touchpoint of a path to its end: a conversion,
///             or where windows without one end. Learn with `since_previous_conversion` if customers
///             convert repeatedly, or the same time is observed once for each conversion. With a
///             lookback, observation begins there. A touchpoint less than a 64th of a unit before
///             the end counts as one; one after the end is not seen. Observation beyond 4,096 units
///             does not count.
///             Without customers who never converted, baseline and effects mean little.
///             Channels that customers meet because they want to buy anyway look as if they caused
///             it: the model sees rates, not reasons.
/// Errors:     std::invalid_argument if the unit is not positive, or shrinkage is negative or not
///             finite (at construction). fit_error: no path, nobody converted.
/// Complexity: counting: O(t log t) per path of t touchpoints. Counts hold each state that was
///             met, solving passes over them 20 to 60 times; memory O(states * touchpoints in them +
///             channels^2).
/// Same bytes: time is counted in integers, and states are sorted: neither the order of the records
///             nor the order of merging can change a result.
/// Source:     Shender et al., 2023, "A time to event framework for multi-touch attribution", the
///             rate and `backwards`; Du et al., 2019, "Causally driven incremental multi touch
///             attribution using a recurrent neural network", the Shapley value of what goes beyond
///             the baseline. Differences: ages are in classes, half-lives are chosen from a list, a
///             penalty replaces the choice of covariates, and the baseline does not vary.
/// Example:    examples/recipes/survival.cpp
template <class Projection, class Length>
[[nodiscard]] auto survival(Projection channel, Length unit, survival_options options = {}) {
    if (!(unit > Length{}))
        throw std::invalid_argument{"survival: the unit of ages must be positive"};
    if (!(options.shrinkage >= 0) || !detail::is_finite(options.shrinkage))
        throw std::invalid_argument{"survival: the shrinkage must be a number, 0 or more"};
    return survival_estimator<Projection, Length>{std::move(channel),
                                                  detail::age_in_ticks<Length>{unit}, options};
}

}  // namespace attribution
