// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace attribution::inline v0_1 {

/// Credits a conversion when it comes, by what is known then, and closes the customer's past:
/// records of this customer from before that time are late, and so are touchpoints at that very
/// instant.
struct at_once_fn {};
inline constexpr at_once_fn at_once{};

}  // namespace attribution
