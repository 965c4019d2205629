// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/path.hpp>

#include <range/v3/algorithm/fill.hpp>

namespace attribution {

struct linear_fn : model_tag {
    constexpr void operator()(auto const&, weights w) const { ranges::fill(w, 1.0); }
};

/// The same credit to every eligible touchpoint.
///
/// Edges:      every touchpoint counts, a repeated channel each time; see `over_distinct` to count
///             channels.
/// Complexity: O(n) per path.
/// Source:     folklore.
inline constexpr linear_fn linear{};

}  // namespace attribution
