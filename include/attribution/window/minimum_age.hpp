// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/detail/time_line.hpp>
#include <attribution/eligibility/policy.hpp>

#include <algorithm>
#include <concepts>
#include <stdexcept>

namespace attribution {

namespace detail {

/// The last instant of `Time` that is not after `at - length`, exact, stopping at the ends of the
/// representation.
template <class Time, class Length>
constexpr Time latest_before(Time at, Length length) {
    using T = measure<Time>;
    using L = measure<Length>;
    if constexpr (std::floating_point<typename T::rep>) {
        return static_cast<Time>(at - static_cast<length_of<Time>>(length));
    } else if constexpr (std::floating_point<typename L::rep>) {
        constexpr double beyond_any_clock = 1e20;
        auto const ticks = static_cast<double>(L::count(length)) *
                           static_cast<double>(ticks_per<Length, Time>) /
                           static_cast<double>(ticks_per<Time, Length>);
        auto const most = std::min(beyond_any_clock, ticks);
        auto const whole = static_cast<int128>(most);
        auto const rounded_up = whole + (static_cast<double>(whole) < most ? 1 : 0);
        return T::make(saturate<typename T::rep>(int128{T::count(at)} - rounded_up));
    } else {
        constexpr int128 tick = ticks_per<Time, Length>;
        auto const ticks = int128{T::count(at)} * tick -
                           int128{L::count(length)} * int128{ticks_per<Length, Time>};
        return T::make(saturate<typename T::rep>(floor_divide(ticks, tick)));
    }
}

}  // namespace detail

template <class Length>
struct minimum_age_policy : policy_tag {
    Length length;

    constexpr explicit minimum_age_policy(Length l) : length{l} {
        if (!(l >= Length{}))
            throw std::invalid_argument{"minimum_age: the length must not be negative"};
    }

    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        using time = typename Anchor::time_type;
        static_assert(detail::length_on<Length, time>,
                      "attribution: minimum_age() needs a std::chrono duration for time points, a "
                      "number for times that are numbers");
        return interval<time>{detail::first_instant<time>(),
                              detail::latest_before(about.at(), length)};
    }
};

/// Admits touchpoints at least `length` before the conversion: a click seconds before the sale did
/// not persuade anyone.
///
/// Units:      any chrono duration (or a number, if times are numbers).
/// Edges:      a touchpoint exactly `length` before the conversion counts. Length 0 admits what is
///             not after the conversion. Exact for mixed precisions.
/// Errors:     std::invalid_argument if the length is negative.
/// Source:     "view-to-conversion minimum time", against click spam; folklore.
template <class Length>
[[nodiscard]] constexpr auto minimum_age(Length length) {
    return minimum_age_policy<Length>{length};
}

}  // namespace attribution
