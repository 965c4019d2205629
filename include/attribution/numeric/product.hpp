// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>

#include <type_traits>

namespace attribution::inline v0_1::detail {

/// a * b, rounded to double before anything else happens to it.
///
/// A compiler may turn `c + a * b` into one instruction that rounds once instead of twice. It does
/// so with `-march=native` or for another processor, and the result is a different number. `c +
/// product(a, b)` is the same number everywhere.
[[nodiscard]] constexpr double product(double a, double b) {
    double result = a * b;
    if (!std::is_constant_evaluated())
        ATTRIBUTION_FORGET_ORIGIN(result);
    return result;
}

}  // namespace attribution::detail
