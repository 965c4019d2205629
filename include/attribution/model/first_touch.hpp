// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/path.hpp>

namespace attribution {

struct first_touch_fn : model_tag {
    constexpr void operator()(auto const&, weights w) const { w.front() = 1; }
};

/// All credit to the earliest eligible touchpoint.
///
/// Edges:      of several at the earliest instant, the one in the first row.
/// Complexity: O(1) per path.
/// Source:     folklore.
inline constexpr first_touch_fn first_touch{};

}  // namespace attribution
