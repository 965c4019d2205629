// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/exp2.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <cstdint>
#include <limits>

namespace attribution::inline v0_1::detail {

/// e^x, in integer arithmetic, so that every compiler, optimisation level and machine gives the
/// same bits; libm's exp promises none of that and is not constexpr.
///
/// Edges:      the relative error is below 2^-52; 0 below 2^-1022, infinity above the largest
///             double, NaN for NaN.
constexpr double exponential(double x) {
    if (x != x)
        return x;
    auto const parts = take_apart(x);
    constexpr double most = 745;
    if (x > most)
        return std::numeric_limits<double>::infinity();
    if (x < -most)
        return 0;
    // x * log2(e) in units of 2^-64; the mantissa's 53 digits times the constant's 64, shifted.
    constexpr std::uint64_t log2_e = 0xb8aa'3b29'5c17'f0bc;  // in units of 2^-63
    auto const product = uint128{parts.mantissa} * log2_e;
    auto const shift = -(parts.exponent + 1);
    auto const halvings = shift >= 128 ? uint128{0} : product >> shift;
    auto const whole = static_cast<std::uint64_t>(halvings >> 64);
    auto const fraction = static_cast<std::uint64_t>(halvings);
    if (parts.negative)
        return exp2_minus(whole, fraction);
    if (whole >= 1024)
        return std::numeric_limits<double>::infinity();
    auto const doubled = power_of_two(static_cast<int>(whole));
    return fraction == 0 ? doubled : doubled * (2 * exp2_minus(0, ~fraction + 1));
}

}  // namespace attribution::detail
