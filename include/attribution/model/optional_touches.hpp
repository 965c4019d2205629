// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/prefer.hpp>
#include <attribution/policy/policy.hpp>

#include <utility>

namespace attribution::inline v0_1 {

/// `m`, in which the touchpoints that satisfy the policy are optional: they count only if the path
/// holds nothing else.
///
/// Equivalent to: prefer(!policy, m).
/// Edges:      optional_touches(!always, m) is m. Nesting gives an order of precedence:
///             `optional_touches(direct, optional_touches(view, last_touch))`.
/// Complexity: one test per touchpoint, and m's.
/// Source:     "ignore direct unless it is alone": the rule behind last non-direct click.
template <policy Policy, class Model>
[[nodiscard]] constexpr auto optional_touches(Policy p, Model m) {
    return prefer(!std::move(p), std::move(m));
}

}  // namespace attribution
