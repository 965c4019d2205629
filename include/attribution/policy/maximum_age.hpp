// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/policy.hpp>

#include <stdexcept>
#include <string_view>

namespace attribution {

template <class Length>
struct maximum_age_policy : policy_tag {
    [[nodiscard]] static constexpr std::string_view name() { return "maximum age"; }
    Length length;

    constexpr explicit maximum_age_policy(Length l) : length{l} {
        if (!(l >= Length{}))
            throw std::invalid_argument{"maximum_age: the length must not be negative"};
    }

    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        using time = typename Anchor::time_type;
        static_assert(detail::length_on<Length, time>,
                      "attribution: maximum_age() needs a std::chrono duration for time points, a "
                      "number for times that are numbers");
        return interval<time>{detail::earlier_by(about.at(), length), detail::last_instant<time>()};
    }
};

/// Admits touchpoints at most `length` before the conversion, and all after it: the other end of
/// `minimum_age`.
///
/// Alone the same as `lookback`, because by default nothing after the conversion counts. Beside
/// `between` it says how far back to look without shutting out what comes after the conversion.
///
/// Units:      any chrono duration (or a number, if times are numbers).
/// Edges:      a touchpoint exactly `length` before the conversion counts. Exact for mixed
///             precisions, and at the limits of the clock.
/// Errors:     std::invalid_argument if the length is negative.
template <class Length>
[[nodiscard]] constexpr auto maximum_age(Length length) {
    return maximum_age_policy<Length>{length};
}

}  // namespace attribution
