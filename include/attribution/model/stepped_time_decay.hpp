// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/model.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <tuple>
#include <type_traits>

namespace attribution::inline v0_1 {

namespace detail {

/// floor(length / unit) for a positive unit; results are limited to +-2^62.
template <class Length, class Unit>
constexpr std::int64_t whole_times(Length length, Unit unit) {
    using L = measure<Length>;
    using U = measure<Unit>;
    constexpr auto most = std::int64_t{1} << 62;
    if constexpr (std::floating_point<typename L::rep> || std::floating_point<typename U::rep>) {
        double const ratio =
            static_cast<double>(L::count(length)) * static_cast<double>(ticks_per<Length, Unit>) /
            (static_cast<double>(U::count(unit)) * static_cast<double>(ticks_per<Unit, Length>));
        if (!(ratio < power_of_two(62)))
            return most;
        if (!(ratio > -power_of_two(62)))
            return -most;
        auto const towards_zero = static_cast<std::int64_t>(ratio);
        return static_cast<double>(towards_zero) > ratio ? towards_zero - 1 : towards_zero;
    } else {
        auto const times = floor_divide(int128{L::count(length)} * ticks_per<Length, Unit>,
                                        int128{U::count(unit)} * ticks_per<Unit, Length>);
        return static_cast<std::int64_t>(std::clamp<int128>(times, -most, most));
    }
}

}  // namespace detail

template <class Length>
class stepped_time_decay_model : public model_tag {
  public:
    constexpr explicit stepped_time_decay_model(Length half_life) : half_life_{half_life} {
        if (!(half_life > Length{}))
            throw std::invalid_argument{"stepped_time_decay: the half-life must be positive"};
    }

    [[nodiscard]] constexpr auto made_of() const {
        return std::tuple{"stepped_time_decay", half_life_};
    }

    constexpr void operator()(auto const& steps, weights w) const {
        using time = typename std::remove_cvref_t<decltype(steps)>::time_type;
        static_assert(detail::length_on<Length, time>,
                      "attribution: stepped_time_decay() needs a std::chrono duration for time "
                      "points, a number for times that are numbers");
        // Counted from the youngest touchpoint's step, so that an old path keeps its proportions.
        auto const youngest = detail::whole_times(steps[steps.size() - 1].age(), half_life_);
        for (std::size_t i = 0; i < w.size(); ++i) {
            auto const halvings =
                detail::int128{detail::whole_times(steps[i].age(), half_life_)} - youngest;
            w[i] = halvings <= 1022 ? detail::power_of_two(-static_cast<int>(halvings)) : 0;
        }
    }

  private:
    Length half_life_;
};

/// Halves a touchpoint's weight once for every whole `half_life` between it and the conversion:
/// 2^-floor(age / half_life).
///
/// Units:      any chrono duration (or a number, if times are numbers).
/// Edges:      age is measured from the conversion, and here, unlike in `time_decay`, that matters:
///             it decides where the steps fall. A touchpoint exactly one half-life old weighs a
///             half. More than 1,022 steps older than the youngest touchpoint weighs 0.
/// Errors:     std::invalid_argument if half_life is not positive (at construction).
/// Complexity: O(n) per path; exact powers of two.
/// Source:     DP6, Marketing-Attribution-Models, `attribution_time_decay`.
template <class Length>
[[nodiscard]] constexpr auto stepped_time_decay(Length half_life) {
    return stepped_time_decay_model<Length>{half_life};
}

}  // namespace attribution
