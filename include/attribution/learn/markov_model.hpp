// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/learn/channel_weights.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/learned_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/learn/removal_effect.hpp>
#include <attribution/model/model.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Options of a Markov estimator.
struct markov_options {
    std::size_t order = 1;      // number of last channels that make a state
    bool keep_repeats = false;  // count hops from a state to itself, too
    bool by_value = false;      // weigh paths by the value that flows, not by conversions
};

/// One end of a hop of the chain: the start, an end, or the last channels of a path.
template <class Channel>
struct markov_state {
    enum class kind { start, channels, conversion, null };
    kind what = kind::start;
    std::vector<Channel> channels;

    friend bool operator==(markov_state const&, markov_state const&) = default;
};

/// A cell of the transition matrix that is not 0.
template <class Channel>
struct transition {
    markov_state<Channel> from;
    markov_state<Channel> to;
    std::uint64_t count;  // how often paths took it
    double probability;   // among all hops from `from`
};

namespace detail {

/// What was learned about a chain.
template <class Channel>
struct learned_chain {
    channel_numbers<Channel> channels;  // in their order
    std::vector<removal_effect<Channel>> effects;
    std::vector<double> weights;
    std::vector<transition<Channel>> transitions;
    model_card card;
};

}  // namespace detail

/// What `markov` learns: a model, and the numbers behind it.
///
/// Cheap to copy: what was learned is shared, also between threads, and never changes. A temporary
/// returns copies of the numbers, so that `for (auto& e : fit(...).effects())` is fine.
template <class Projection, class Channel>
class markov_model : public learned_model<Projection, Channel, detail::learned_chain<Channel>> {
    using base = learned_model<Projection, Channel, detail::learned_chain<Channel>>;

  public:
    markov_model(Projection channel, std::shared_ptr<detail::learned_chain<Channel> const> what)
        : base{std::move(channel), std::move(what)} {}

    /// Weighs each touchpoint with its channel's removal effect, split evenly over the channel's
    /// touchpoints in the path; channels that were never learned weigh 0.
    ///
    /// Errors:     std::domain_error, as `fit`, if a channel is or holds a NaN, or is a null
    ///             pointer to text.
    template <class Path>
    void operator()(Path const& steps, weights w) const {
        weigh_channels(
            this->what().channels, steps, this->projection(),
            "markov: the channel of touchpoint row ",
            [&](std::size_t number) { return this->what().weights[number]; }, w);
    }

    /// The transition matrix without its zeros: first from the start, then from the states in the
    /// order of their channels. The hops from a state come before its ends.
    [[nodiscard]] std::vector<transition<Channel>> const& transitions() const& {
        return this->what().transitions;
    }
    [[nodiscard]] std::vector<transition<Channel>> transitions() const&& {
        return this->what().transitions;
    }

  private:
};

}  // namespace attribution
