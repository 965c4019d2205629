// SPDX-License-Identifier: BSL-1.0
// FLAGS: -ffast-math
// EXPECT: -ffast-math, -ffinite-math-only and /fp:fast break
#include <attribution/concepts.hpp>
