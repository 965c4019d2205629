// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/policy/age.hpp>

namespace attribution::inline v0_1 {

/// Admits touchpoints at most `length` before the conversion: [conversion - length, conversion].
///
/// Units:      any chrono duration (or a number, if times are numbers). A `date::days` is 24 hours;
///             for calendar days and months see `calendar_lookback`.
/// Edges:      closed at both ends: a touchpoint exactly `length` before the conversion counts, and
///             so does one at the instant of the conversion. Length 0 admits only that instant.
///             Exact for mixed precisions, and at the limits of the clock.
/// Errors:     std::invalid_argument if the length is negative.
template <class Length>
[[nodiscard]] constexpr auto lookback(Length length) {
    return age_policy<age_limit::at_most_and_not_after, Length>{length};
}

}  // namespace attribution
