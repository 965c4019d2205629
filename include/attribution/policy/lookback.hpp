// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/policy.hpp>

#include <stdexcept>
#include <string_view>

namespace attribution {

template <class Length>
struct lookback_policy : policy_tag {
    [[nodiscard]] static constexpr std::string_view name() { return "lookback"; }
    Length length;

    constexpr explicit lookback_policy(Length l) : length{l} {
        if (!(l >= Length{}))
            throw std::invalid_argument{"lookback: the length must not be negative"};
    }

    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        using time = typename Anchor::time_type;
        static_assert(
            detail::length_on<Length, time>,
            "attribution: lookback() needs a std::chrono duration for time points, a number "
            "for times that are numbers");
        return interval<time>{detail::earlier_by(about.at(), length), about.at()};
    }
};

/// Admits touchpoints at most `length` before the conversion: [conversion - length, conversion].
///
/// Units:      any chrono duration (or a number, if times are numbers). A `date::days` is 24 hours;
///             calendar days and months are another policy.
/// Edges:      closed at both ends: a touchpoint exactly `length` before the conversion counts, one
///             at the instant of the conversion too. Length 0: only that instant. Exact for mixed
///             precisions, and at the limits of the clock.
/// Errors:     std::invalid_argument if the length is negative.
template <class Length>
[[nodiscard]] constexpr auto lookback(Length length) {
    return lookback_policy<Length>{length};
}

}  // namespace attribution
