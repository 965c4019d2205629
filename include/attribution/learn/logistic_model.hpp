// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/learn/channel_weights.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/learned_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/model/model.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Options of bagged regressions.
struct bagging_options {
    std::size_t fits = 500;
    double paths = 0.5;     // the part of the paths that each fit sees; in units of 2^-16
    double channels = 0.5;  // the part of the channels
    double ridge = 1;       // the penalty on coefficients
    std::uint64_t seed = 1;
};

/// What a channel's presence does to the odds of a path.
template <class Channel>
struct logistic_effect {
    Channel channel;
    double coefficient;  // mean over the fits that had the channel
    double deviation;    // standard deviation over these fits
    std::size_t fits;    // how many
    double conversions;  // what it earns of the paths that were learned from
    double value;        // of their value
};

namespace detail {

/// What was learned about odds.
template <class Channel>
struct learned_odds {
    channel_numbers<Channel> channels;  // in their order
    std::vector<double> weights;        // coefficients, 0 if negative
    std::vector<logistic_effect<Channel>> effects;
    model_card card;
};

}  // namespace detail

/// What `bagged_logistic` learns: a model, and the numbers behind it.
///
/// Cheap to copy: what was learned is shared and never changes. A temporary returns copies of the
/// numbers.
template <class Projection, class Channel>
class logistic_model : public learned_model<Projection, Channel, detail::learned_odds<Channel>> {
    using base = learned_model<Projection, Channel, detail::learned_odds<Channel>>;

  public:
    using learned = detail::learned_odds<Channel>;

    logistic_model(Projection channel, std::shared_ptr<learned const> what)
        : base{std::move(channel), std::move(what)} {}

    /// Weighs each touchpoint with its channel's coefficient, 0 if that is negative, split evenly
    /// over the channel's touchpoints; channels that were never learned weigh 0.
    ///
    /// Errors:     std::domain_error, as `fit`, if a channel is or holds a NaN, or is a null
    ///             pointer to text.
    template <class Path>
    void operator()(Path const& steps, weights w) const {
        weigh_channels(
            this->what().channels, steps, this->projection(), whose,
            [&](std::size_t number) { return this->what().weights[number]; }, w);
    }

    /// The sum of the coefficients of the path's channels, also of those that are negative: by how
    /// much the logarithm of the odds differs from that of a path without channels, which says who
    /// is likely to convert. See `predictive_quality`.
    ///
    /// Edges:      each channel counts once, whatever its order; those that were never learned add 0.
    /// Errors:     std::domain_error, as for weights.
    /// Complexity: O(touchpoints + channels that were learned).
    template <class Path>
    [[nodiscard]] double score(Path const& steps) const {
        auto const& effects = this->what().effects;
        auto met = steps.space().indices.borrow(effects.size());
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto const number = this->number_of(steps[i], whose);
            if (number < effects.size())
                met.span()[number] = 1;
        }
        // In the order of the channels, so that equal sets have equal scores.
        double sum = 0;
        for (std::size_t i = 0; i < effects.size(); ++i)
            sum += met.span()[i] != 0 ? effects[i].coefficient : 0;
        return sum;
    }

  private:
    static constexpr char const* whose = "bagged_logistic: the channel of touchpoint row ";
};

}  // namespace attribution
