// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace attribution::inline v0_1 {

/// Forgets no touchpoint, for policies that reach back without limit: memory grows with the stream.
struct keep_everything_fn {};
inline constexpr keep_everything_fn keep_everything{};

}  // namespace attribution
