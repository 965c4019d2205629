// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/config.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/learn/counted_parts.hpp>
#include <attribution/engine/learn/markov_chain.hpp>
#include <attribution/engine/learn/sparse_totals.hpp>
#include <attribution/engine/memory/sequence_tree.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/markov_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/learn/order_quality.hpp>
#include <attribution/numeric/checked_count.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// The counts behind a chain: transitions, starts and ends. A commutative monoid, see
/// `learned_counts`.
template <class Projection, class Channel, amount Amount>
class markov_counts {
  public:
    using channel_type = Channel;
    using amount_type = Amount;
    using probe = channel_probe<Channel>;
    using model_type = markov_model<Projection, Channel>;
    using parts_type = detail::markov_parts<Channel, Amount>;

    markov_counts(Projection projection, markov_options options)
        : projection_(std::move(projection)), options_{options} {}

    std::uint32_t channel(probe const& seen) { return channels_(seen); }
    [[nodiscard]] attribution::evidence<Amount>& evidence() & { return evidence_; }
    [[nodiscard]] attribution::evidence<Amount> evidence() const&& { return evidence_; }

    void add(std::span<std::uint32_t const> path, path_outcome<Amount> const& outcome) {
        if (!take_note(evidence_, path.size(), outcome))
            return;
        auto const weight = outcome.conversions + outcome.nulls;
        if (weight == 0)
            return;
        passed_ = detail::counted(passed_, weight, path.size());
        auto const window = std::min(options_.order, path.size());
        bool const of_one = options_.order == 1;
        auto state = of_one ? state_of_one(path[0]) : state_of(path.first(window));
        states_[state].starts += weight;
        for (auto i = window; i < path.size(); ++i) {
            auto& hop = hop_of(state, path[i], [&] {
                return state_of(path.subspan(i + 1 - options_.order, options_.order));
            });
            if (hop.to == state && !options_.keep_repeats)
                continue;
            hop.count += weight;
            state = of_one ? state_of_one(path[i]) : hop.to;
        }
        auto& last = states_[state];
        last.conversions += outcome.conversions;
        last.nulls += outcome.nulls;
        if (outcome.conversions != 0)
            values_[last.value].add(outcome.value);
    }

    /// Errors:     std::invalid_argument if `other` was counted with other options;
    ///             std::overflow_error if there are more paths, or touchpoints in them, than 64
    ///             bits can count.
    void merge(markov_counts const& other) {
        if (other.options_.order != options_.order ||
            other.options_.keep_repeats != options_.keep_repeats)
            throw std::invalid_argument{"markov: counts of different order, or with and without "
                                        "repeats, cannot be merged"};
        auto whole = *this;
        whole.add_all(other);
        take(std::move(whole));
    }

    /// The rules by which paths were counted. Counts by different rules cannot be merged.
    [[nodiscard]] std::string counted_by() const { return detail::rules_of(options_); }

    [[nodiscard]] parts_type take_apart() const {
        auto const chain = sorted();
        parts_type parts{chain.channels, {}, {}, evidence_};
        for (auto const& one : chain.states) {
            if (one.starts == 0 && one.conversions == 0 && one.nulls == 0)
                continue;
            auto& part = parts.states.emplace_back(one.path, one.starts, one.conversions, one.nulls,
                                                   std::nullopt);
            if (one.value)
                std::get<4>(part) = *one.value;
        }
        for (auto const& hop : chain.hops)
            parts.hops.emplace_back(chain.states[hop.from].path, chain.states[hop.to].path.back(),
                                    hop.count);
        return parts;
    }

    /// Adds counts that were taken apart.
    ///
    /// Errors:     std::invalid_argument if no paths could give such counts; std::overflow_error as
    ///             `merge`. If anything is thrown, nothing is added.
    void merge_parts(parts_type const& parts) {
        detail::check(parts, options_.order, options_.keep_repeats);
        auto whole = *this;
        whole.add_all(parts);
        take(std::move(whole));
    }

    /// Solves the chain.
    ///
    /// Errors:     fit_error: no path, nobody converted, a chain that nearly nobody leaves;
    ///             std::overflow_error if the value does not fit into its type.
    /// Complexity: see `markov`.
    [[nodiscard]] model_type solve() const {
        require_conversions(evidence_, "markov");
        return {projection_, std::make_shared<detail::learned_chain<Channel> const>(
                                 detail::solved(sorted(), options_))};
    }

    /// How well the state in which a path ends predicts whether it converted.
    ///
    /// Errors:     fit_error if every path converted, or none.
    [[nodiscard]] order_quality quality() const {
        auto const chain = sorted();
        auto transitions = chain.hops.size();
        std::vector<detail::ended_paths> ends;
        for (auto const& one : chain.states) {
            transitions += (one.starts != 0 ? 1U : 0U) + (one.conversions != 0 ? 1U : 0U) +
                           (one.nulls != 0 ? 1U : 0U);
            ends.push_back({one.conversions, one.nulls});
        }
        return detail::quality_of(options_.order, transitions, channels_.size(), ends);
    }

  private:
    using totals = detail::sparse_totals<Amount>;
    using chain_type = detail::counted_chain<Channel, Amount>;

    struct counted_state {
        std::uint64_t starts = 0;
        std::uint64_t conversions = 0;
        std::uint64_t nulls = 0;
        typename totals::place value;  // set once a path converted there
    };
    struct counted_hop {
        std::uint32_t from;
        std::uint32_t to;
        std::uint64_t count;
    };

    void add_all(markov_counts const& other) {
        evidence_.merge(other.evidence_);
        passed_ = detail::counted(passed_, other.passed_);
        std::vector<std::uint32_t> channels(other.channels_.size(), 0);
        for (std::size_t i = 0; i < channels.size(); ++i)
            channels[i] = channels_(probe(other.channels_[i]));
        std::vector<std::uint32_t> nodes(other.tree_.size(), 0);
        for (std::uint32_t i = 1; i < nodes.size(); ++i)
            nodes[i] = child(nodes[other.tree_.parent(i)], channels[other.tree_.last(i)]);
        for (std::size_t i = 0; i < other.states_.size(); ++i) {
            auto& own = states_[nodes[i]];
            auto const& added = other.states_[i];
            own.starts += added.starts;
            own.conversions += added.conversions;
            own.nulls += added.nulls;
            if (auto const* const value = other.values_.find(added.value))
                values_[own.value].merge(*value);
        }
        for (auto const& added : other.hops_) {
            auto const to = nodes[added.to];
            hop_of(nodes[added.from], tree_.last(to), [&] { return to; }).count += added.count;
        }
    }
    void add_all(parts_type const& parts) {
        evidence_.merge(parts.seen);
        passed_ = detail::counted(passed_, parts.seen.paths());
        for (auto const& hop : parts.hops)
            passed_ = detail::counted(passed_, std::get<2>(hop));
        std::vector<std::uint32_t> own;
        for (auto const& one : parts.channels)
            own.push_back(channels_(probe(one)));
        std::vector<std::uint32_t> path;
        auto const node_of = [&](std::vector<std::uint32_t> const& places) {
            path.clear();
            for (auto const place : places)
                path.push_back(own[place]);
            return state_of(path);
        };
        for (auto const& [places, starts, conversions, nulls, value] : parts.states) {
            auto& one = states_[node_of(places)];
            one.starts += starts;
            one.conversions += conversions;
            one.nulls += nulls;
            if (value)
                values_[one.value].merge(*value);
        }
        for (auto const& [places, channel, count] : parts.hops) {
            auto const from = node_of(places);
            path.erase(path.begin());
            path.push_back(own[channel]);
            hop_of(from, path.back(), [&] { return state_of(path); }).count += count;
        }
    }
    /// Replaces these counts by others of the same projection and options.
    void take(markov_counts whole) {
        channels_ = std::move(whole.channels_);
        tree_ = std::move(whole.tree_);
        states_ = std::move(whole.states_);
        states_of_one_ = std::move(whole.states_of_one_);
        hop_numbers_ = std::move(whole.hop_numbers_);
        hops_ = std::move(whole.hops_);
        values_ = std::move(whole.values_);
        passed_ = whole.passed_;
        evidence_ = std::move(whole.evidence_);
    }

    std::uint32_t child(std::uint32_t node, std::uint32_t last) {
        auto const found = tree_.child(node, last);
        if (found >= states_.size())
            states_.resize(found + std::size_t{1});
        return found;
    }
    std::uint32_t state_of(std::span<std::uint32_t const> window) {
        auto node = detail::sequence_tree::root;
        for (auto const one : window)
            node = child(node, one);
        return node;
    }
    /// The state of a single channel. Known without the hop that leads there: processors then look for the
    /// hops of a path at once, and not for one after the other.
    ATTRIBUTION_INLINE std::uint32_t state_of_one(std::uint32_t channel) {
        if (channel < states_of_one_.size()) [[likely]]
            return states_of_one_[channel];
        return add_states_until(channel);
    }
    /// A chain of order 1 has the states of all channels so far: one that nobody leaves is not told.
    ATTRIBUTION_OUT_OF_LINE std::uint32_t add_states_until(std::uint32_t channel) {
        for (auto next = states_of_one_.size(); next <= channel; ++next)
            states_of_one_.push_back(
                child(detail::sequence_tree::root, static_cast<std::uint32_t>(next)));
        return states_of_one_.back();
    }
    /// The hop from a state by a channel. If nobody took it before, `to` says where it leads.
    template <class To>
    counted_hop& hop_of(std::uint32_t from, std::uint32_t channel, To to) {
        auto const fresh = static_cast<std::uint32_t>(hops_.size());
        auto const number = hop_numbers_(from, channel, fresh);
        if (number == fresh) {
            static_cast<void>(detail::as_number(hops_.size()));
            hops_.push_back({from, to(), 0});
        }
        return hops_[number];
    }

    [[nodiscard]] chain_type sorted() const {
        auto const [channels, channel_place] = channels_.in_order();
        std::vector<std::uint64_t> leaving(states_.size(), 0);
        for (std::size_t i = 0; i < states_.size(); ++i)
            leaving[i] = states_[i].conversions + states_[i].nulls;
        for (auto const& hop : hops_)
            leaving[hop.from] += hop.count;
        std::vector<std::pair<std::vector<std::uint32_t>, std::uint32_t>> used;
        for (std::uint32_t i = 0; i < states_.size(); ++i) {
            if (leaving[i] == 0)
                continue;
            std::vector<std::uint32_t> path;
            tree_.read(i, path);
            for (auto& one : path)
                one = channel_place[one];
            used.emplace_back(std::move(path), i);
        }
        std::sort(used.begin(), used.end(), [](auto const& a, auto const& b) {
            return detail::comes_before(a.first, b.first);
        });
        chain_type chain{channels, {}, {}, evidence_};
        std::vector<std::uint32_t> place(states_.size(), 0);
        for (auto& [path, number] : used) {
            auto const& state = states_[number];
            place[number] = static_cast<std::uint32_t>(chain.states.size());
            chain.states.push_back({std::move(path), state.starts, state.conversions, state.nulls,
                                    leaving[number], values_.find(state.value)});
        }
        for (auto const& hop : hops_)
            if (hop.count != 0)
                chain.hops.push_back({place[hop.from], place[hop.to], hop.count});
        std::sort(chain.hops.begin(), chain.hops.end(), [](auto const& a, auto const& b) {
            return a.from < b.from || (a.from == b.from && a.to < b.to);
        });
        return chain;
    }

    [[no_unique_address]] Projection projection_;
    markov_options options_;
    channel_numbers<Channel> channels_;
    detail::sequence_tree tree_;
    std::vector<counted_state> states_{1};      // by node of the tree
    std::vector<std::uint32_t> states_of_one_;  // by channel, if the order is 1
    detail::pair_map hop_numbers_;              // (state, channel) -> place in hops_
    std::vector<counted_hop> hops_;
    totals values_;
    // The touchpoints of all paths; for counts that were read, only those that are in the chain. No
    // sum of counts exceeds it.
    std::uint64_t passed_ = 0;
    attribution::evidence<Amount> evidence_;
};

/// The estimator that `markov` makes.
template <class Projection>
struct markov_estimator {
    [[no_unique_address]] Projection channel;
    markov_options options;

    template <class Channel, amount Amount>
    [[nodiscard]] auto counts() const {
        static_assert(std::totally_ordered<Channel>,
                      "attribution: markov() needs channels that are ordered by <, so that results "
                      "do not depend on who came first");
        return markov_counts<Projection, Channel, Amount>{channel, options};
    }

    [[nodiscard]] markov_estimator of_order(std::size_t order) const {
        auto other = *this;
        other.options.order = order;
        return other;
    }
};

/// Learns how customers move from channel to channel, and credits each channel with what would be
/// lost without it.
///
/// Shape:      paths -> a chain of start, states, conversion and null -> one removal effect per
///             channel -> `markov_model`. A state is a window of the last `order` channels; a path
///             shorter than that is one state. A hop weighs as often as paths took it, whether they
///             converted or not. A path's last state leads to conversion as often as the paths that
///             end there converted, and to null as often as they did not. The removal effect of a
///             channel is 1 - P(conversion around every state that holds it) / P(conversion). The
///             effect by value is the same for the value that flows, at the value per conversion of
///             the last state.
/// Options:    `markov(&touch::channel, {.order = 2, .keep_repeats = true, .by_value = true})`.
///             Consecutive equal states are one unless repeats are kept; for order 1 this changes
///             no effect.
/// Edges:      on a single path, a touchpoint weighs its channel's effect, split evenly over the
///             channel's touchpoints in that path. A channel in no path has effect 0. Learned
///             weights are rounded to 36 binary digits, see `rounded_weight`; effects are
///             not.
/// Errors:     std::invalid_argument if the order is 0. `solve`: fit_error.
/// Complexity: one hash look-up per touchpoint to count. Order 1: O(channels^3) to solve, for all
///             channels together. Higher orders: for each channel, sweeps over the hops until only
///             2^-56 of the flow is left, or exact reduction where that takes too many sweeps.
///             Nothing is simulated.
/// Same bytes: counts are whole numbers, values are exact, and states are sorted before solving:
///             neither the order of the records nor the order of merging can change a result.
///             Effects of two builds agree to about 1e-13.
/// Source:     Anderl, Becker, von Wangenheim, Schumann, 2016, "Mapping the customer journey".
/// Example:    examples/recipes/markov.cpp
template <class Projection = detail::no_projection>
[[nodiscard]] auto markov(Projection channel = {}, markov_options options = {}) {
    static_assert(detail::may_project<Projection, markov_options>,
                  "attribution: the first argument of markov() is a projection of touchpoints to "
                  "channels, or {} for paths that were counted before; options come second, as in "
                  "markov(&touch::channel, {.order = 2})");
    if (options.order == 0)
        throw std::invalid_argument{"markov: the order must be at least 1"};
    return markov_estimator<Projection>{std::move(channel), options};
}

}  // namespace attribution
