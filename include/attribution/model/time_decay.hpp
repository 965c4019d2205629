// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/length_divider.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/model.hpp>
#include <attribution/numeric/exp2.hpp>

#include <cstddef>
#include <stdexcept>
#include <tuple>
#include <type_traits>

namespace attribution::inline v0_1 {

template <class Length>
class time_decay_model : public model_tag {
  public:
    constexpr explicit time_decay_model(Length half_life) : half_life_{half_life} {
        if (!(half_life > Length{}))
            throw std::invalid_argument{"time_decay: the half-life must be positive"};
    }

    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"time_decay", half_life_}; }

    constexpr void operator()(auto const& steps, weights w) const {
        using time = typename std::remove_cvref_t<decltype(steps)>::time_type;
        static_assert(detail::length_on<Length, time>,
                      "attribution: time_decay() needs a std::chrono duration for time points, a "
                      "number for times that are numbers");
        detail::length_divider<detail::length_of<time>, Length> const in_half_lives{half_life_};
        auto const latest = steps[steps.size() - 1].at();
        for (std::size_t i = 0; i < w.size(); ++i) {
            auto const age = in_half_lives(detail::distance(steps[i].at(), latest));
            w[i] = detail::exp2_minus(age.whole, age.fraction);
        }
    }

    /// See `age_model`.
    template <class Age>
    [[nodiscard]] constexpr auto by_age() const
        requires(detail::is_duration<Age> == detail::is_duration<Length>) {
        return [in_half_lives = detail::length_divider<Age, Length>{half_life_}](Age const& age) {
            auto const times = in_half_lives.at_least_limited(age);  // from 63 on, the units are 0
            return detail::exp2_units(times.whole, times.fraction);
        };
    }

  private:
    Length half_life_;
};

/// Halves a touchpoint's weight for every `half_life` between it and the conversion.
///
/// Shape:      path of n touchpoints -> n weights 2^(-age / half_life).
/// Units:      any chrono duration (or a number, if times are numbers).
/// Edges:      ages are measured from the path's latest touchpoint, which therefore weighs 1.
///             Measured from the conversion, all shares would be the same. From 1,022 half-lives
///             on, the weight is 0.
/// Errors:     std::invalid_argument if half_life is not positive (at construction).
/// Complexity: O(n) per path; integer arithmetic, the same bits on every machine.
/// Source:     folklore; 7 days is the half-life of Google Analytics.
template <class Length>
[[nodiscard]] constexpr auto time_decay(Length half_life) {
    return time_decay_model<Length>{half_life};
}

}  // namespace attribution
