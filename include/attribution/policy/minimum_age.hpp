// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/policy/age.hpp>

namespace attribution::inline v0_1 {

/// Admits touchpoints at least `length` before the conversion: a click seconds before the sale did
/// not persuade anyone.
///
/// Units:      any chrono duration (or a number, if times are numbers).
/// Edges:      a touchpoint exactly `length` before the conversion counts. Length 0 admits every
///             touchpoint that is not after the conversion. Exact for mixed precisions, and at the
///             limits of the clock: of times that count from 0, none is before it.
/// Errors:     std::invalid_argument if the length is negative.
/// Source:     "view-to-conversion minimum time", against click spam; folklore.
template <class Length>
[[nodiscard]] constexpr auto minimum_age(Length length) {
    return age_policy<age_limit::at_least, Length>{length};
}

}  // namespace attribution
