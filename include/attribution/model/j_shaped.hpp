// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/position_based.hpp>

namespace attribution::inline v0_1 {

/// Most credit to the touchpoint that closed: 20% first, 60% last, 20% evenly to those between; of
/// two touchpoints, 25% and 75%.
///
/// Equivalent to: position_based(0.2, 0.6, two_touches{1, 3}).
/// Source:     Adobe Analytics, "Attribution models", J-Shaped.
inline constexpr position_based_model j_shaped = position_based(0.2, 0.6, two_touches{1, 3});

}  // namespace attribution
