// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/position_based.hpp>

namespace attribution::inline v0_1 {

/// Most credit to the touchpoint that opened: 60% first, 20% last, 20% evenly to those between; of
/// two touchpoints, 75% and 25%.
///
/// Equivalent to: position_based(0.6, 0.2, two_touches{3, 1}).
/// Source:     Adobe Analytics, "Attribution models", Inverse J.
inline constexpr position_based_model inverse_j_shaped =
    position_based(0.6, 0.2, two_touches{3, 1});

}  // namespace attribution
