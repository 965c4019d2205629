// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/last_touch.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/policy/policy.hpp>

#include <utility>

namespace attribution::inline v0_1 {

/// Credits the last touchpoint that is not direct; the last one of all if every one is direct.
///
/// Shape:      `direct` is a policy that admits direct touchpoints: `where(&touch::direct)`,
///             `where(&touch::channel, "(direct)")`.
/// Edges:      a direct touchpoint earns only where no other is eligible. To give such conversions
///             to nobody instead, refuse direct touchpoints: `last_touch` under `policy && !direct`.
/// Complexity: one test per touchpoint.
/// Equivalent to: prefer(!direct, last_touch).
/// Source:     "last non-direct click", Google Analytics.
template <policy Policy>
[[nodiscard]] constexpr auto last_non_direct(Policy direct) {
    return attribution::prefer(!std::move(direct), last_touch);
}

}  // namespace attribution
