// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/policy/between.hpp>

namespace attribution::inline v0_1 {

/// Admits every touchpoint of the key, before and after the conversion: `always` without the
/// default that nothing after the conversion counts.
///
/// Equivalent to: `between(no_limit, no_limit)`.
inline constexpr auto at_any_time = between(no_limit, no_limit);

}  // namespace attribution
