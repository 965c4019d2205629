// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/learn/sparse_totals.hpp>
#include <attribution/learn/channel_weights.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/learn/markov_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/numeric/absorbing_chain.hpp>
#include <attribution/numeric/exact_sum.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// What is computed from the counts of a Markov chain.
namespace attribution::inline v0_1::detail {

/// The counts of a chain, in an order that does not depend on who was counted first. A view of
/// them.
template <class Channel, amount Amount>
struct counted_chain {
    struct state {
        std::vector<std::uint32_t> path;     // the last channels, by their places
        std::uint64_t starts;                // paths that start here
        std::uint64_t conversions;           // paths that end here and convert
        std::uint64_t nulls;                 // paths that end here and do not convert
        std::uint64_t leaving;               // how often paths go on or end here; never 0
        running_total<Amount> const* value;  // of the conversions; null if there is none
    };
    struct hop {
        std::uint32_t from;  // the places of states
        std::uint32_t to;
        std::uint64_t count;
    };

    std::vector<Channel> channels;  // ascending
    std::vector<state> states;      // by their paths
    std::vector<hop> hops;          // by `from`, then by `to`
    evidence<Amount> const& seen;

    [[nodiscard]] std::uint64_t paths() const { return seen.paths(); }
};

template <class Channel, amount Amount>
absorbing_chain probabilities(counted_chain<Channel, Amount> const& counts) {
    absorbing_chain chain;
    auto const paths = static_cast<double>(counts.paths());
    std::size_t next = 0;
    for (std::size_t i = 0; i < counts.states.size(); ++i) {
        auto const& state = counts.states[i];
        auto const leaving = static_cast<double>(state.leaving);
        chain.start.push_back(static_cast<double>(state.starts) / paths);
        chain.begins.push_back(next);
        for (; next < counts.hops.size() && counts.hops[next].from == i; ++next)
            chain.hops.push_back(
                {counts.hops[next].to, static_cast<double>(counts.hops[next].count) / leaving});
        chain.ends.push_back({static_cast<double>(state.conversions) / leaving,
                              static_cast<double>(state.nulls) / leaving,
                              as_double(state.value) / leaving});
    }
    chain.begins.push_back(next);
    return chain;
}

/// P(conversion) and the value that pass through each channel, as parts of the whole.
///
/// Errors:     fit_error if nearly nobody leaves the chain; std::overflow_error if a value does not
///             fit into its type.
template <class Channel, amount Amount>
std::vector<absorbed> removal_effects(counted_chain<Channel, Amount> const& counts,
                                      std::size_t order) {
    auto const chain = probabilities(counts);
    auto const holds = [&](std::size_t state, std::size_t low, std::size_t high) {
        auto const& path = counts.states[state].path;
        return std::any_of(path.begin(), path.end(),
                           [&](std::size_t channel) { return low <= channel && channel < high; });
    };
    group_effects effects{chain, counts.channels.size(), holds};
    // The choice affects only speed. Reduction is bounded, and cheap where each channel is one
    // state; sweeps win on large sparse chains, unless paths hardly ever end.
    auto const states = chain.size();
    bool const small = states <= (order == 1 ? 2048U : 256U);
    bool const can_reduce = states <= 8192;
    bool const swept = !small && effects.push(can_reduce ? 2 * states : 1'000'000);
    bool const solved = swept || (can_reduce && effects.eliminate());
    if (!solved)
        throw fit_error{fit_failure::not_solvable,
                        "markov: the chain has cycles that nearly nobody leaves; choose a "
                        "lower order"};
    auto const paths = static_cast<double>(counts.paths());
    double const converts = static_cast<double>(counts.seen.conversions) / paths;
    double const value = as_double(&counts.seen.value) / paths;
    auto result = effects.effects();
    for (auto& one : result) {
        one.converts = std::min(1.0, one.converts / converts);
        one.value = value == 0 ? 0 : one.value / value;
    }
    return result;
}

/// Splits conversions and value in proportion to the effects.
template <class Channel, amount Amount>
std::vector<removal_effect<Channel>> credited(std::vector<absorbed> const& effects,
                                              counted_chain<Channel, Amount> const& counts) {
    exact_sum conversions;
    exact_sum value;
    for (auto const& one : effects) {
        conversions.add(one.converts);
        value.add(one.value);
    }
    auto const all_conversions = static_cast<double>(counts.seen.conversions);
    auto const all_value = as_double(&counts.seen.value);
    double const sum = conversions.value();
    double const sum_value = value.value();
    std::vector<removal_effect<Channel>> result;
    for (std::size_t i = 0; i < effects.size(); ++i)
        result.push_back({counts.channels[i], effects[i].converts, effects[i].value,
                          all_conversions * (effects[i].converts / sum),
                          sum_value == 0 ? 0 : all_value * (effects[i].value / sum_value)});
    return result;
}

/// The weights of the channels in paths.
///
/// Errors:     fit_error if the values leave nothing to weigh with.
template <class Channel>
std::vector<double> weights_of(std::vector<removal_effect<Channel>> const& effects, bool by_value) {
    std::vector<double> result;
    exact_sum sum;
    for (auto const& one : effects) {
        double const weight = by_value ? one.value : one.conversions;
        if (!(weight >= 0))
            throw fit_error{fit_failure::no_credit,
                            "markov: by value, a channel's removal would raise the value (there "
                            "are negative values); weigh by conversions instead"};
        sum.add(weight);
        result.push_back(rounded_weight(weight));
    }
    if (by_value && !(sum.value() > 0))
        throw fit_error{fit_failure::no_credit,
                        "markov: the conversions have no value to be credited; weigh by "
                        "conversions instead"};
    return result;
}

/// The transition matrix, without its zeros.
template <class Channel, amount Amount>
std::vector<transition<Channel>> transitions_of(counted_chain<Channel, Amount> const& counts) {
    using state = markov_state<Channel>;
    auto const named = [&](std::size_t place) {
        state window{state::kind::channels, {}};
        for (auto const channel : counts.states[place].path)
            window.channels.push_back(counts.channels[channel]);
        return window;
    };
    std::vector<transition<Channel>> all;
    auto const add = [&](state from, state to, std::uint64_t count, std::uint64_t of) {
        if (count != 0)
            all.push_back({std::move(from), std::move(to), count,
                           static_cast<double>(count) / static_cast<double>(of)});
    };
    for (std::size_t i = 0; i < counts.states.size(); ++i)
        add({}, named(i), counts.states[i].starts, counts.paths());
    std::size_t next = 0;
    for (std::size_t i = 0; i < counts.states.size(); ++i) {
        auto const& one = counts.states[i];
        for (; next < counts.hops.size() && counts.hops[next].from == i; ++next)
            add(named(i), named(counts.hops[next].to), counts.hops[next].count, one.leaving);
        add(named(i), {state::kind::conversion, {}}, one.conversions, one.leaving);
        add(named(i), {state::kind::null, {}}, one.nulls, one.leaving);
    }
    return all;
}

/// The rules by which paths are counted.
[[nodiscard]] inline std::string rules_of(markov_options const& options) {
    return "Markov chain of order " + std::to_string(options.order) +
           (options.keep_repeats ? ", repeats kept" : ", repeats collapsed");
}

/// Errors:     as `removal_effects` and `weights_of`.
template <class Channel, amount Amount>
learned_chain<Channel> solved(counted_chain<Channel, Amount> const& counts,
                              markov_options const& options) {
    learned_chain<Channel> what;
    for (auto const& channel : counts.channels)
        what.channels(channel);
    what.effects = detail::credited(removal_effects(counts, options.order), counts);
    what.weights = detail::weights_of(what.effects, options.by_value);
    what.transitions = transitions_of(counts);
    what.card = card_of(counts.seen,
                        rules_of(options) +
                            (options.by_value ? ", weighed by value" : ", weighed by conversions"),
                        counts.channels.size());
    what.card.more.emplace_back(std::string{"states"}, std::to_string(counts.states.size()));
    what.card.more.emplace_back(std::string{"hops between them"},
                                std::to_string(counts.hops.size()));
    return what;
}

}  // namespace attribution::detail
