// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/hazard_fit.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/learn/channel_weights.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/learned_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/model/model.hpp>
#include <attribution/model/stepped_time_decay.hpp>
#include <attribution/numeric/exponential.hpp>
#include <attribution/numeric/logarithm.hpp>
#include <attribution/numeric/product.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Options of an estimator of hazards.
struct hazard_options {
    std::size_t most_steps = 20'000;  // until the likelihood must have settled
};

/// What touchpoints of a channel do to the rate at which their customers convert.
template <class Channel>
struct hazard_effect {
    Channel channel;
    double strength;     // conversions that one touchpoint brings, in all the time to come
    double half_life;    // of its effect, in units of the resolution; 0 if it has none
    double conversions;  // what the channel earns of the paths that were learned from
    double value;        // of their value
};

namespace detail {

/// How many whole units old a touchpoint is at the end of its path.
template <class Step, class Length>
std::int64_t age_of(Step const& one, Length resolution) {
    static_assert(
        length_on<Length, typename Step::time_type>,
        "attribution: additive_hazard() needs a resolution that is a std::chrono duration "
        "for time points, a number for times that are numbers");
    return whole_times(one.age(), resolution);
}
/// The middle of that unit.
inline double middle_of(std::int64_t age) {
    return static_cast<double>(age) + 0.5;
}

/// What was learned about hazards.
template <class Channel>
struct learned_hazards {
    channel_numbers<Channel> channels;  // in their order
    std::vector<channel_hazard> hazards;
    std::vector<double> level;  // logarithm of strength * decay
    std::vector<hazard_effect<Channel>> effects;
    model_card card;
};

}  // namespace detail

/// What `additive_hazard` learns: a model, and the numbers behind it.
///
/// Cheap to copy: what was learned is shared and never changes. A temporary returns copies of the
/// numbers.
template <class Projection, class Channel, class Length>
class hazard_model : public learned_model<Projection, Channel, detail::learned_hazards<Channel>> {
    using base = learned_model<Projection, Channel, detail::learned_hazards<Channel>>;

  public:
    using learned = detail::learned_hazards<Channel>;

    hazard_model(Projection channel, Length resolution, std::shared_ptr<learned const> what)
        : base{std::move(channel), std::move(what)}, resolution_{resolution} {}

    /// Weighs each touchpoint with its part of the hazard at the conversion; 0 if it came later, or
    /// its channel was never learned.
    ///
    /// Errors:     std::domain_error, as `fit`, if a channel is or holds a NaN, or is a null
    ///             pointer to text.
    template <class Path>
    void operator()(Path const& steps, weights w) const {
        auto const largest = write_logarithms(steps, w);
        // Relative to the largest, so that an old path is not lost.
        for (double& weight : w)
            weight = weight == nothing ? 0 : detail::exp_minus(largest - weight);
    }

    /// The logarithm of the hazard at the end of the path, which says who is likely to convert;
    /// minus infinity if no touchpoint adds to it. See `predictive_quality`.
    template <class Path>
    [[nodiscard]] double score(Path const& steps) const {
        auto own = steps.space().weights.borrow(steps.size());
        auto const largest = write_logarithms(steps, own.span());
        if (largest == nothing)
            return nothing;
        double sum = 0;
        for (double const logarithm : own.span())
            sum += logarithm == nothing ? 0 : detail::exp_minus(largest - logarithm);
        return largest + detail::logarithm(sum);
    }

  private:
    static constexpr double nothing = -std::numeric_limits<double>::infinity();

    /// Writes the logarithm of what each touchpoint adds to the hazard, and returns the largest.
    template <class Path>
    double write_logarithms(Path const& steps, weights w) const {
        double largest = nothing;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto const one = steps[i];
            auto const number =
                this->number_of(one, "additive_hazard: the channel of touchpoint row ");
            auto const age = detail::age_of(one, resolution_);
            w[i] = nothing;
            if (age < 0 || number >= this->what().hazards.size() ||
                !(this->what().hazards[number].strength > 0))
                continue;
            w[i] = this->what().level[number] -
                   detail::product(this->what().hazards[number].decay, detail::middle_of(age));
            largest = std::max(largest, w[i]);
        }
        return largest;
    }

    Length resolution_;
};

}  // namespace attribution
