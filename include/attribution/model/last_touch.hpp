// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/path.hpp>

namespace attribution {

struct last_touch_fn : model_tag {
    constexpr void operator()(auto const&, weights w) const { w.back() = 1; }
};

/// All credit to the latest eligible touchpoint.
///
/// Edges:      of several at the latest instant, the one in the last row.
/// Complexity: O(1) per path.
/// Source:     folklore.
inline constexpr last_touch_fn last_touch{};

}  // namespace attribution
