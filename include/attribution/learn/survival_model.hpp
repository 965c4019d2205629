// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/aged_states.hpp>
#include <attribution/engine/learn/survival_credit.hpp>
#include <attribution/engine/values/length_divider.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/learn/channel_weights.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/learned_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/model/model.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// How the touchpoints of a conversion share what they cause together.
enum class survival_credit {
    shapley,      // each gets the mean of what it adds, over all orders of joining
    backwards,    // the latest touchpoint is removed first; each gets what is lost with it
    proportional  // in proportion to what each adds to the logarithm of the rate
};

/// When customers could have converted.
enum class survival_exposure {
    all_the_time,  // from the first touchpoint on; conversions have a time
    at_the_end     // once, where the path ends: it is known who converted, but not when
};

/// Options of a survival estimator.
struct survival_options {
    survival_credit credit = survival_credit::shapley;
    survival_exposure exposure = survival_exposure::all_the_time;
    double shrinkage = 1;  // effects are drawn towards 0 as if their prior variance were 1 / this
};

/// What one channel does to the rate of conversion.
template <class Channel>
struct survival_effect {
    Channel channel;
    double effect;       // of a new touchpoint on the logarithm of the rate
    double half_life;    // of this effect, in the estimator's unit
    double conversions;  // that the channel caused; negative if it prevented them
    double value;        // of these
};

/// What would have happened without any touchpoint.
struct survival_baseline {
    double rate;         // conversions per customer and unit of time
    double conversions;  // of those observed, how many come from this rate
    double value;
};

namespace detail {

/// Ages in ticks of `age_classes`; negative for touchpoints after the end of the path.
template <class Length>
struct age_in_ticks {
    Length unit;

    template <class Step>
    [[nodiscard]] std::int64_t operator()(Step const& one) const {
        using time = typename Step::time_type;
        static_assert(length_on<Length, time>,
                      "attribution: survival() needs a std::chrono duration for time points, a "
                      "number for times that are numbers");
        if (one.about().at() < one.at())
            return -1;
        auto const units = length_divider<length_of<time>, Length>{unit}(one.age());
        return static_cast<std::int64_t>(units.whole) * age_classes::ticks_per_unit +
               static_cast<std::int64_t>(units.fraction >> 58);
    }
};

/// What was learned about rates.
template <class Channel>
struct learned_survival {
    channel_numbers<Channel> channels;  // in their order
    std::vector<double> added;          // to the logarithm of the rate, by channel and class of age
    std::vector<double> without;        // exp(-added): what is left of the rate without it
    std::vector<survival_effect<Channel>> effects;
    survival_baseline baseline{};
    model_card card;
};

/// Divides a conversion among touchpoints; what is missing to 1 is the baseline's.
inline void share_conversion(survival_credit how, std::span<double const> added,
                             std::span<double const> without, std::span<double> shares) {
    switch (how) {
    case survival_credit::shapley:
        share_by_shapley(without, shares);
        return;
    case survival_credit::backwards:
        share_backwards(without, shares);
        return;
    case survival_credit::proportional:
        share_in_proportion(without, added, shares);
        return;
    }
}

}  // namespace detail

/// What `survival` learns: a model, and the numbers behind it.
///
/// Cheap to copy: what was learned is shared and never changes. A temporary returns copies of the
/// numbers.
template <class Projection, class Channel, class Length>
class survival_model
    : public learned_model<Projection, Channel, detail::learned_survival<Channel>> {
    using base = learned_model<Projection, Channel, detail::learned_survival<Channel>>;

  public:
    using learned = detail::learned_survival<Channel>;

    survival_model(Projection channel, Length unit, survival_credit credit,
                   std::shared_ptr<learned const> what)
        : base{std::move(channel), std::move(what)}, ticks_{unit}, credit_{credit} {}

    /// Weighs each touchpoint with the part of the conversion that it caused, given all touchpoints
    /// of the path and their ages: 0 if that is negative, if it is older than 128 units or 32 others
    /// are younger, if it came after the conversion, or if its channel was never learned.
    ///
    /// Errors:     std::domain_error, as `fit`, if a channel is or holds a NaN, or is a null
    ///             pointer to text.
    template <class Path>
    void operator()(Path const& steps, weights w) const {
        auto added = steps.space().weights.borrow(steps.size());
        auto without = steps.space().weights.borrow(steps.size());
        std::size_t younger = 0;
        for (auto i = steps.size(); i-- > 0;) {
            auto const one = steps[i];
            auto const number = this->number_of(one, "survival: the channel of touchpoint row ");
            auto const ticks = ticks_(one);
            auto const of = ticks < 0 || younger == detail::aged_states::most_touches
                                ? detail::age_classes::number
                                : detail::age_classes::of(ticks);
            younger += of < detail::age_classes::number ? 1U : 0U;
            bool const counts =
                number < this->what().channels.size() && of < detail::age_classes::number;
            auto const place = number * detail::age_classes::number + of;
            added.span()[i] = counts ? this->what().added[place] : 0;
            without.span()[i] = counts ? this->what().without[place] : 1;
        }
        detail::share_conversion(credit_, added.span(), without.span(), w);
        for (auto& weight : w)
            weight = rounded_weight(std::max(weight, 0.0));
    }

    /// What no channel caused. With the effects, it adds up to all conversions.
    [[nodiscard]] survival_baseline baseline() const { return this->what().baseline; }

  private:
    detail::age_in_ticks<Length> ticks_;
    survival_credit credit_;
};

}  // namespace attribution
