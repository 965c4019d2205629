// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace limits {

/// A million; a tenth of it where sanitizers make everything slow.
#ifdef LIMITS_DIVISOR
inline constexpr std::uint32_t million = 1'000'000 / LIMITS_DIVISOR;
#else
inline constexpr std::uint32_t million = 1'000'000;
#endif

}  // namespace limits
