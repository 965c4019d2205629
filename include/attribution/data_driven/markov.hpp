// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/data_driven/channel_weights.hpp>
#include <attribution/data_driven/counted_parts.hpp>
#include <attribution/data_driven/estimator.hpp>
#include <attribution/data_driven/fit_error.hpp>
#include <attribution/data_driven/model_card.hpp>
#include <attribution/detail/absorbing_chain.hpp>
#include <attribution/detail/exact_sum.hpp>
#include <attribution/detail/sample_source.hpp>
#include <attribution/detail/sequence_tree.hpp>
#include <attribution/detail/wide_integer.hpp>
#include <attribution/path.hpp>
#include <attribution/tally.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace attribution {

/// What a Markov estimator is to do.
struct markov_options {
    std::size_t order = 1;      // a state is the last so many channels
    bool keep_repeats = false;  // count hops from a state to itself, too
    bool by_value = false;      // weigh paths by the value that flows, not by conversions
};

/// What removing a channel would cost, and what the channel is therefore credited with.
template <class Channel>
struct removal_effect {
    Channel channel;
    double conversions;  // 1 - P(conversion without the channel) / P(conversion), in [0, 1]
    double value;        // the same of the value that flows
    double credited_conversions;  // all conversions, in proportion to the effects
    double credited_value;
};

/// One end of a hop of the chain: the start, an end, or the last channels of a path.
template <class Channel>
struct markov_state {
    enum class kind { start, channels, conversion, null };
    kind what = kind::start;
    std::vector<Channel> channels;

    friend bool operator==(markov_state const&, markov_state const&) = default;
};

/// One cell of the transition matrix that is not 0.
template <class Channel>
struct transition {
    markov_state<Channel> from;
    markov_state<Channel> to;
    std::uint64_t count;  // how many paths went so
    double probability;   // of all that left `from`
};

/// What `markov` learns: a model, and the numbers behind it.
///
/// A cheap copy: what was learned is shared and never changes, also between threads.
template <class Projection, class Channel>
class markov_model : public model_tag {
  public:
    struct learned {
        detail::channel_numbers<Channel> channels;  // in their order
        std::vector<removal_effect<Channel>> effects;
        std::vector<double> weights;
        std::vector<transition<Channel>> transitions;
        model_card card;
    };

    markov_model(Projection channel, std::shared_ptr<learned const> what)
        : channel_(std::move(channel)), learned_{std::move(what)} {}

    /// Weighs each touchpoint with its channel's removal effect, split evenly over the channel's
    /// touchpoints in the path; channels that were never learned weigh 0.
    template <class Path>
    void operator()(Path const& steps, weights w) const {
        detail::weigh_channels(
            learned_->channels, steps, channel_,
            [&](std::size_t number) { return learned_->weights[number]; }, w);
    }

    /// One row per channel, in the order of the channels.
    [[nodiscard]] std::vector<removal_effect<Channel>> const& effects() const {
        return learned_->effects;
    }
    /// The transition matrix, without its zeros: from the start, then from states in the order of
    /// their channels; ends after hops.
    [[nodiscard]] std::vector<transition<Channel>> const& transitions() const {
        return learned_->transitions;
    }
    [[nodiscard]] model_card const& card() const { return learned_->card; }

  private:
    [[no_unique_address]] Projection channel_;
    std::shared_ptr<learned const> learned_;
};

/// How well chains of one order tell paths that convert from paths that do not; see `choose_order`.
struct order_quality {
    std::size_t order;
    std::size_t transitions;  // different ones, ends included
    double auc;               // area under the ROC curve
    double penalized_auc;     // less what so many transitions remember of so many paths
    double validated_auc;     // of halves of the paths, judged by the other half
    double standard_error;    // of the validated area
};

/// The counts behind a chain: transitions, starts and ends. A commutative monoid, see
/// `learned_counts`.
template <class Projection, class Channel, amount Amount>
class markov_counts {
  public:
    using channel_type = Channel;
    using amount_type = Amount;
    using probe = detail::channel_probe<Channel>;
    using model_type = markov_model<Projection, Channel>;

    markov_counts(Projection projection, markov_options options)
        : projection_(std::move(projection)), options_{options} {}

    std::uint32_t channel(probe const& seen) { return channels_(seen); }
    [[nodiscard]] detail::evidence<Amount>& evidence() { return evidence_; }

    void add(std::span<std::uint32_t const> path, path_outcome<Amount> const& outcome) {
        auto const weight = outcome.conversions + outcome.nulls;
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
        if (weight == 0)
            return;
        auto const window = std::min(options_.order, path.size());
        auto state = state_of(path.first(window));
        states_[state].starts += weight;
        for (auto i = window; i < path.size(); ++i) {
            auto const fresh = static_cast<std::uint32_t>(hops_.size());
            auto const place = hop_numbers_(state, path[i], fresh);
            if (place == fresh)
                hops_.push_back(
                    {state, state_of(path.subspan(i + 1 - options_.order, options_.order)), 0});
            auto& hop = hops_[place];
            if (hop.to == state && !options_.keep_repeats)
                continue;
            hop.count += weight;
            state = hop.to;
        }
        auto& last = states_[state];
        last.conversions += outcome.conversions;
        last.nulls += outcome.nulls;
        if (outcome.conversions != 0)
            value_at(last).add(outcome.value);
    }

    /// Errors:     std::invalid_argument if the other has other options.
    void merge(markov_counts const& other) {
        if (other.options_.order != options_.order ||
            other.options_.keep_repeats != options_.keep_repeats)
            throw std::invalid_argument{"markov: counts of different order, or with and without "
                                        "repeats, cannot be merged"};
        auto whole = *this;
        whole.add_all(other);
        take(std::move(whole));
    }

    /// By which rules paths were counted; counts of different ones cannot be merged.
    [[nodiscard]] std::string counted_by() const {
        return "Markov chain of order " + std::to_string(options_.order) +
               (options_.keep_repeats ? ", repeats kept" : ", repeats collapsed");
    }

    using parts_type = detail::markov_parts<Channel, Amount>;

    [[nodiscard]] parts_type take_apart() const {
        parts_type parts;
        std::vector<std::uint32_t> place(channels_.size(), 0);
        for (auto const channel : channels_.sorted()) {
            place[channel] = static_cast<std::uint32_t>(parts.channels.size());
            parts.channels.push_back(channels_[channel]);
        }
        auto const path_of = [&](std::uint32_t node) {
            std::vector<std::uint32_t> path;
            tree_.read(node, path);
            for (auto& one : path)
                one = place[one];
            return path;
        };
        for (std::uint32_t i = 0; i < states_.size(); ++i) {
            auto const& one = states_[i];
            if (one.starts == 0 && one.conversions == 0 && one.nulls == 0)
                continue;
            std::optional<running_total<Amount>> value;
            if (one.value != none)
                value = values_[one.value];
            parts.states.emplace_back(path_of(i), one.starts, one.conversions, one.nulls, value);
        }
        for (auto const& hop : hops_)
            if (hop.count != 0)
                parts.hops.emplace_back(path_of(hop.from), place[tree_.last(hop.to)], hop.count);
        auto const by_path = [](auto const& a, auto const& b) {
            return std::get<0>(a) < std::get<0>(b);
        };
        std::sort(parts.states.begin(), parts.states.end(), by_path);
        std::sort(parts.hops.begin(), parts.hops.end(), [](auto const& a, auto const& b) {
            return std::tie(std::get<0>(a), std::get<1>(a)) <
                   std::tie(std::get<0>(b), std::get<1>(b));
        });
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

    /// Solves the chain.
    ///
    /// Errors:     fit_error: no path, nobody converted, a chain that nearly nobody leaves;
    ///             std::overflow_error if the value does not fit into its type.
    /// Complexity: see `markov`.
    [[nodiscard]] model_type solve() const {
        if (evidence_.conversions + evidence_.nulls == 0)
            throw fit_error{fit_failure::no_path, "markov: there is no path to learn from"};
        if (evidence_.conversions == 0)
            throw fit_error{fit_failure::no_converting_path,
                            "markov: no path converted, so there is nothing to explain"};
        auto const order = sorted();
        auto what = std::make_shared<typename model_type::learned>();
        for (auto const channel : order.channels)
            what->channels(probe(channels_[channel]));
        auto const effects = removal_effects(order);
        list_effects(effects, *what);
        list_transitions(order, *what);
        what->card = describe(order);
        return {projection_, std::move(what)};
    }

    /// How well the state in which a path ends tells whether it converted.
    ///
    /// Errors:     fit_error if every path converted, or none.
    [[nodiscard]] order_quality quality() const {
        using detail::uint128;
        if (evidence_.conversions == 0)
            throw fit_error{fit_failure::no_converting_path,
                            "choose_order: no path converted, so there is nothing to tell apart"};
        if (evidence_.nulls == 0)
            throw fit_error{
                fit_failure::no_null_path,
                "choose_order: every path converted, so there is nothing to tell apart"};
        auto const order = sorted();
        std::vector<scored> as_counted;
        std::size_t transitions = order.hops.size();
        for (auto const state : order.states) {
            auto const& one = states_[state];
            transitions += (one.starts != 0 ? 1U : 0U) + (one.conversions != 0 ? 1U : 0U) +
                           (one.nulls != 0 ? 1U : 0U);
            as_counted.push_back(
                {one.conversions, one.conversions + one.nulls, one.conversions, one.nulls});
        }
        double const auc = area(as_counted);
        auto const paths = static_cast<double>(evidence_.conversions + evidence_.nulls);
        auto const free = paths - static_cast<double>(transitions) - 1;
        double const validated = validated_area(order);
        return {options_.order,
                transitions,
                auc,
                free > 0 ? 1 - (1 - auc) * ((paths - 1) / free) : 0,
                validated,
                standard_error(validated)};
    }

  private:
    static constexpr std::uint32_t none = 0xffff'ffff;

    struct counted_state {
        std::uint64_t starts = 0;
        std::uint64_t conversions = 0;
        std::uint64_t nulls = 0;
        std::uint32_t value = none;  // place in values_, where a conversion has been
    };
    struct counted_hop {
        std::uint32_t from;
        std::uint32_t to;
        std::uint64_t count;
    };

    /// States and channels in an order that does not depend on who came first.
    struct sorted_chain {
        std::vector<std::uint32_t> channels;            // by place
        std::vector<std::uint32_t> states;              // by place
        std::vector<std::vector<std::uint32_t>> paths;  // of the states, in places of channels
        std::vector<counted_hop> hops;                  // between places of states
        std::vector<std::uint64_t> leaving;             // by place of state

        [[nodiscard]] std::uint32_t last(std::size_t state) const { return paths[state].back(); }
    };

    struct scored {
        std::uint64_t part;  // of `whole`: the score
        std::uint64_t whole;
        std::uint64_t conversions;
        std::uint64_t nulls;
    };

    /// Of the pairs of a path that converted and one that did not, the part in which the first
    /// scores higher; ties count half. Exact but for the last division.
    static double area(std::vector<scored>& scores) {
        using detail::uint128;
        auto const less = [](scored const& a, scored const& b) {
            return uint128{a.part} * b.whole < uint128{b.part} * a.whole;
        };
        std::erase_if(scores, [](scored const& one) { return one.conversions + one.nulls == 0; });
        std::sort(scores.begin(), scores.end(), less);
        uint128 twice = 0;
        uint128 nulls_below = 0;
        uint128 all_conversions = 0;
        for (std::size_t i = 0; i < scores.size();) {
            uint128 conversions = 0;
            uint128 nulls = 0;
            auto j = i;
            for (; j < scores.size() && !less(scores[i], scores[j]); ++j) {
                conversions += scores[j].conversions;
                nulls += scores[j].nulls;
            }
            twice += conversions * (2 * nulls_below + nulls);
            nulls_below += nulls;
            all_conversions += conversions;
            i = j;
        }
        auto const pairs = all_conversions * nulls_below;
        return pairs == 0 ? 0.5 : static_cast<double>(twice) / 2 / static_cast<double>(pairs);
    }

    /// How many of `count` paths fall into the first of two random halves.
    static std::uint64_t half_of(std::uint64_t count, detail::sample_source& random) {
        std::uint64_t first = 0;
        for (; count >= 64; count -= 64)
            first += static_cast<std::uint64_t>(std::popcount(random.next()));
        if (count != 0)
            first += static_cast<std::uint64_t>(
                std::popcount(random.next() & ((std::uint64_t{1} << count) - 1)));
        return first;
    }

    /// The mean area over random halves, each judged by the rates of the other. Paths that end in
    /// one state are alike, so that halves of its counts are halves of its paths.
    [[nodiscard]] double validated_area(sorted_chain const& order) const {
        constexpr int splits = 8;
        detail::sample_source random{1};
        detail::exact_sum sum;
        for (int split = 0; split < splits; ++split) {
            std::vector<counted_state> halves[2];
            counted_state all[2];
            for (auto const state : order.states) {
                auto const& one = states_[state];
                auto const conversions = half_of(one.conversions, random);
                auto const nulls = half_of(one.nulls, random);
                halves[0].push_back({0, conversions, nulls, none});
                halves[1].push_back({0, one.conversions - conversions, one.nulls - nulls, none});
                for (auto const half : {0, 1}) {
                    all[half].conversions += halves[half].back().conversions;
                    all[half].nulls += halves[half].back().nulls;
                }
            }
            for (auto const half : {0, 1}) {
                std::vector<scored> scores;
                for (std::size_t i = 0; i < order.states.size(); ++i) {
                    auto const& own = halves[half][i];
                    auto const& seen = halves[1 - half][i];
                    auto const& judge = seen.conversions + seen.nulls == 0 ? all[1 - half] : seen;
                    scores.push_back({judge.conversions,
                                      std::max<std::uint64_t>(1, judge.conversions + judge.nulls),
                                      own.conversions, own.nulls});
                }
                sum.add(area(scores));
            }
        }
        return sum.value() / (2 * splits);
    }

    /// Source:     Hanley & McNeil, 1982, "The meaning and use of the area under a receiver
    ///             operating characteristic (ROC) curve".
    [[nodiscard]] double standard_error(double auc) const {
        auto const conversions = static_cast<double>(evidence_.conversions);
        auto const nulls = static_cast<double>(evidence_.nulls);
        double const square = auc * auc;
        double const variance = auc * (1 - auc) +
                                (conversions - 1) * std::max(0.0, auc / (2 - auc) - square) +
                                (nulls - 1) * std::max(0.0, 2 * square / (1 + auc) - square);
        return std::sqrt(variance / conversions / nulls);
    }

    /// What enters a state leaves it, as many paths start as end, and all stands in its order.
    void check(parts_type const& parts) const {
        auto const require = [](bool holds) {
            if (!holds)
                throw std::invalid_argument{"markov: these are not the counts of any paths"};
        };
        constexpr auto most_hops = detail::int128{1} << 56;
        for (std::size_t i = 1; i < parts.channels.size(); ++i)
            require(parts.channels[i - 1] < parts.channels[i]);
        auto const known = [&](std::vector<std::uint32_t> const& places) {
            return std::all_of(places.begin(), places.end(),
                               [&](std::uint32_t place) { return place < parts.channels.size(); });
        };
        std::map<std::vector<std::uint32_t>, detail::int128> balance;
        detail::int128 converted = 0;
        detail::int128 lost = 0;
        std::vector<std::uint32_t> const* last = nullptr;
        for (auto const& [places, starts, conversions, nulls, value] : parts.states) {
            require(known(places) && !places.empty() && places.size() <= options_.order);
            require(last == nullptr || *last < places);
            last = &places;
            require(value.has_value() == (conversions != 0));
            require(starts != 0 || conversions != 0 || nulls != 0);
            balance[places] += detail::int128{starts} - conversions - nulls;
            converted += conversions;
            lost += nulls;
        }
        require(converted == parts.seen.conversions && lost == parts.seen.nulls);
        detail::int128 hopped = 0;
        typename parts_type::hop const* previous = nullptr;
        for (auto const& hop : parts.hops) {
            auto const& [places, channel, count] = hop;
            require(known(places) && places.size() == options_.order &&
                    channel < parts.channels.size());
            require(previous == nullptr ||
                    std::tie(std::get<0>(*previous), std::get<1>(*previous)) <
                        std::tie(places, channel));
            previous = &hop;
            hopped += count;
            auto to = places;
            to.erase(to.begin());
            to.push_back(channel);
            require(count != 0 && (options_.keep_repeats || to != places));
            balance[places] -= count;
            balance[to] += count;
        }
        for (auto const& [places, rest] : balance)
            require(rest == 0);
        require(hopped <= most_hops);  // merging hundreds of these cannot overflow
    }

    void add_all(markov_counts const& other) {
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
            if (added.value != none)
                value_at(own).merge(other.values_[added.value]);
        }
        for (auto const& added : other.hops_) {
            auto const from = nodes[added.from];
            auto const to = nodes[added.to];
            auto const fresh = static_cast<std::uint32_t>(hops_.size());
            auto const place = hop_numbers_(from, tree_.last(to), fresh);
            if (place == fresh)
                hops_.push_back({from, to, 0});
            hops_[place].count += added.count;
        }
        evidence_.merge(other.evidence_);
    }
    void add_all(parts_type const& parts) {
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
                value_at(one).merge(*value);
        }
        for (auto const& [places, channel, count] : parts.hops) {
            auto const from = node_of(places);
            auto const fresh = static_cast<std::uint32_t>(hops_.size());
            auto const number = hop_numbers_(from, own[channel], fresh);
            if (number == fresh) {
                path.erase(path.begin());
                path.push_back(own[channel]);
                hops_.push_back({from, state_of(path), 0});
            }
            hops_[number].count += count;
        }
        evidence_.merge(parts.seen);
    }
    /// The counts of another of the same projection and options.
    void take(markov_counts whole) {
        channels_ = std::move(whole.channels_);
        tree_ = std::move(whole.tree_);
        states_ = std::move(whole.states_);
        hop_numbers_ = std::move(whole.hop_numbers_);
        hops_ = std::move(whole.hops_);
        values_ = std::move(whole.values_);
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

    running_total<Amount>& value_at(counted_state& state) {
        if (state.value == none) {
            state.value = static_cast<std::uint32_t>(values_.size());
            values_.emplace_back();
        }
        return values_[state.value];
    }

    [[nodiscard]] sorted_chain sorted() const {
        sorted_chain result;
        result.channels = channels_.sorted();
        std::vector<std::uint32_t> channel_place(result.channels.size(), 0);
        for (std::uint32_t i = 0; i < result.channels.size(); ++i)
            channel_place[result.channels[i]] = i;
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
        std::sort(used.begin(), used.end());
        std::vector<std::uint32_t> state_place(states_.size(), none);
        for (auto& [path, state] : used) {
            state_place[state] = static_cast<std::uint32_t>(result.states.size());
            result.states.push_back(state);
            result.paths.push_back(std::move(path));
            result.leaving.push_back(leaving[state]);
        }
        for (auto const& hop : hops_)
            if (hop.count != 0)
                result.hops.push_back({state_place[hop.from], state_place[hop.to], hop.count});
        std::sort(result.hops.begin(), result.hops.end(),
                  [](counted_hop const& a, counted_hop const& b) {
                      return a.from != b.from ? a.from < b.from : a.to < b.to;
                  });
        return result;
    }

    [[nodiscard]] double value_of(counted_state const& state) const {
        return state.value == none ? 0
                                   : static_cast<double>(detail::units_of<Amount>::count(
                                         values_[state.value].value()));
    }

    [[nodiscard]] detail::absorbing_chain chain_of(sorted_chain const& order) const {
        detail::absorbing_chain chain;
        auto const paths = static_cast<double>(evidence_.conversions + evidence_.nulls);
        std::size_t next = 0;
        for (std::size_t i = 0; i < order.states.size(); ++i) {
            auto const& state = states_[order.states[i]];
            auto const leaving = static_cast<double>(order.leaving[i]);
            chain.start.push_back(static_cast<double>(state.starts) / paths);
            chain.begins.push_back(next);
            for (; next < order.hops.size() && order.hops[next].from == i; ++next)
                chain.hops.push_back(
                    {order.hops[next].to, static_cast<double>(order.hops[next].count) / leaving});
            chain.ends.push_back({static_cast<double>(state.conversions) / leaving,
                                  static_cast<double>(state.nulls) / leaving,
                                  value_of(state) / leaving});
        }
        chain.begins.push_back(next);
        return chain;
    }

    /// P(conversion), and the value, through each channel, as parts of the whole.
    [[nodiscard]] std::vector<detail::absorbed> removal_effects(sorted_chain const& order) const {
        auto const chain = chain_of(order);
        auto const holds = [&](std::size_t state, std::size_t low, std::size_t high) {
            return std::ranges::any_of(order.paths[state], [&](std::size_t channel) {
                return low <= channel && channel < high;
            });
        };
        detail::group_effects effects{chain, order.channels.size(), holds};
        // Which way is a matter of speed alone. Reduction is bounded, and cheap where each channel
        // is one state; sweeps win on large sparse chains, unless paths hardly ever end.
        auto const states = chain.size();
        bool const small = states <= (options_.order == 1 ? 2048U : 256U);
        bool const can_reduce = states <= 8192;
        bool const swept = !small && effects.push(can_reduce ? 2 * states : 1'000'000);
        bool const solved = swept || (can_reduce && effects.eliminate());
        if (!solved)
            throw fit_error{fit_failure::not_solvable,
                            "markov: the chain has cycles that nearly nobody leaves; choose a "
                            "lower order"};
        auto const paths = static_cast<double>(evidence_.conversions + evidence_.nulls);
        double const converts = static_cast<double>(evidence_.conversions) / paths;
        double const value =
            static_cast<double>(detail::units_of<Amount>::count(evidence_.value.value())) / paths;
        auto result = effects.effects();
        for (auto& one : result) {
            one.converts = std::min(1.0, one.converts / converts);
            one.value = value == 0 ? 0 : one.value / value;
        }
        return result;
    }

    void list_effects(std::vector<detail::absorbed> const& effects,
                      typename model_type::learned& what) const {
        detail::exact_sum conversions;
        detail::exact_sum value;
        for (auto const& one : effects) {
            conversions.add(one.converts);
            value.add(one.value);
        }
        auto const all_conversions = static_cast<double>(evidence_.conversions);
        auto const all_value =
            static_cast<double>(detail::units_of<Amount>::count(evidence_.value.value()));
        double const sum = conversions.value();
        double const sum_value = value.value();
        for (std::size_t i = 0; i < effects.size(); ++i) {
            what.effects.push_back(
                {what.channels[i], effects[i].converts, effects[i].value,
                 all_conversions * (effects[i].converts / sum),
                 sum_value == 0 ? 0 : all_value * (effects[i].value / sum_value)});
            double const weight = options_.by_value ? effects[i].value : effects[i].converts;
            if (!(weight >= 0))
                throw fit_error{
                    fit_failure::no_credit,
                    "markov: by value, a channel's removal would raise the value (there "
                    "are negative values); weigh by conversions instead"};
            what.weights.push_back(detail::rounded_weight(weight));
        }
        if (options_.by_value && !(sum_value > 0))
            throw fit_error{fit_failure::no_credit,
                            "markov: the conversions have no value to be credited; weigh by "
                            "conversions instead"};
    }

    void list_transitions(sorted_chain const& order, typename model_type::learned& what) const {
        using state = markov_state<Channel>;
        auto const named = [&](std::size_t place) {
            state window{state::kind::channels, {}};
            for (auto const channel : order.paths[place])
                window.channels.push_back(channels_[order.channels[channel]]);
            return window;
        };
        auto const add = [&](state from, state to, std::uint64_t count, std::uint64_t of) {
            if (count != 0)
                what.transitions.push_back({std::move(from), std::move(to), count,
                                            static_cast<double>(count) / static_cast<double>(of)});
        };
        auto const paths = evidence_.conversions + evidence_.nulls;
        for (std::size_t i = 0; i < order.states.size(); ++i)
            add({}, named(i), states_[order.states[i]].starts, paths);
        std::size_t next = 0;
        for (std::size_t i = 0; i < order.states.size(); ++i) {
            auto const& counted = states_[order.states[i]];
            for (; next < order.hops.size() && order.hops[next].from == i; ++next)
                add(named(i), named(order.hops[next].to), order.hops[next].count, order.leaving[i]);
            add(named(i), {state::kind::conversion, {}}, counted.conversions, order.leaving[i]);
            add(named(i), {state::kind::null, {}}, counted.nulls, order.leaving[i]);
        }
    }

    [[nodiscard]] model_card describe(sorted_chain const& order) const {
        auto card = detail::card_of(
            evidence_,
            "Markov chain of order " + std::to_string(options_.order) +
                (options_.keep_repeats ? ", repeats kept" : ", repeats collapsed") +
                (options_.by_value ? ", weighed by value" : ", weighed by conversions"),
            order.channels.size());
        card.more.emplace_back("states", std::to_string(order.states.size()));
        card.more.emplace_back("hops between them", std::to_string(order.hops.size()));
        return card;
    }

    [[no_unique_address]] Projection projection_;
    markov_options options_;
    detail::channel_numbers<Channel> channels_;
    detail::sequence_tree tree_;
    std::vector<counted_state> states_{1};  // by node of the tree
    detail::pair_map hop_numbers_;          // (state, channel) -> place in hops_
    std::vector<counted_hop> hops_;
    std::vector<running_total<Amount>> values_;
    detail::evidence<Amount> evidence_;
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
};

/// Learns how customers move from channel to channel, and credits each channel with what would be
/// lost without it.
///
/// Shape:      paths -> a chain of start, states, conversion and null -> one removal effect per
///             channel -> `markov_model`. A state is a window of the last `order` channels; a path
///             shorter than that is one state. Hops weigh as many as took them, converted or not;
///             the last state leads to conversion as often as its paths converted, to null as often
///             as they did not. The effect of a channel is 1 - P(conversion around every state that
///             holds it) / P(conversion), and the same with the value that flows, at the value per
///             conversion of the last state.
/// Options:    `markov(&touch::channel, {.order = 2, .keep_repeats = true, .by_value = true})`.
///             Consecutive equal states are one unless repeats are kept; of order 1 that changes no
///             effect.
/// Edges:      on a single path, a touchpoint weighs its channel's effect, split evenly over the
///             channel's touchpoints in that path. A channel in no path has effect 0. Learned
///             weights are rounded to 36 binary digits, see `detail::rounded_weight`; effects are
///             not.
/// Errors:     std::invalid_argument if the order is 0. `solve`: fit_error.
/// Complexity: one hash look-up per touchpoint to count. Order 1: O(channels^3) to solve, for all
///             channels together. Higher orders: sweeps over the hops for each channel, as many as
///             it takes until 2^-56 of the flow is left; exact reduction where that is too many.
///             Never simulated.
/// Same bytes: counts are whole numbers and values exact, states are sorted before solving: neither
///             the order of records nor of merging can show. Effects of two builds agree to about
///             1e-13.
/// Source:     Anderl, Becker, von Wangenheim, Schumann, 2016, "Mapping the customer journey".
/// Example:    examples/recipes/markov.cpp
template <class Projection = detail::no_projection>
[[nodiscard]] auto markov(Projection channel = {}, markov_options options = {}) {
    if (options.order == 0)
        throw std::invalid_argument{"markov: the order must be at least 1"};
    return markov_estimator<Projection>{std::move(channel), options};
}

}  // namespace attribution
