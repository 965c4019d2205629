// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/policy/age.hpp>

namespace attribution::inline v0_1 {

/// Admits touchpoints at most `length` before the conversion, and all after it: the counterpart of
/// `minimum_age`.
///
/// Alone it is the same as `lookback`, because by default nothing after the conversion counts.
/// Beside `between` it limits how far back to look and still admits touchpoints after the
/// conversion.
///
/// Units:      any chrono duration (or a number, if times are numbers).
/// Edges:      a touchpoint exactly `length` before the conversion counts. Exact for mixed
///             precisions, and at the limits of the clock.
/// Errors:     std::invalid_argument if the length is negative.
template <class Length>
[[nodiscard]] constexpr auto maximum_age(Length length) {
    return age_policy<age_limit::at_most, Length>{length};
}

}  // namespace attribution
