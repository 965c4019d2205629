// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/exp2.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/product.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <cstdint>
#include <limits>

/// Powers and logarithms that are the same bits on every machine; libm's are not.
namespace attribution::inline v0_1::detail {

/// A power of two that is not yet made into a number: 2^-(whole + fraction / 2^64).
struct negative_power {
    std::uint64_t whole;
    std::uint64_t fraction;
};

/// e^-x as a power of two, for x >= 0, in integer arithmetic. From 2^30 on, one that is 0 as a
/// double.
constexpr negative_power power_of_e(double x) {
    if (!(x < power_of_two(30)))
        return {std::uint64_t{1} << 30, 0};
    // x * log2(e) in units of 2^-64: the mantissa's 53 digits times the constant's 64, shifted.
    constexpr std::uint64_t log2_of_e = 0xb8aa'3b29'5c17'f0bc;  // in units of 2^-63
    auto const parts = take_apart(x);
    uint128 exact = parts.mantissa;
    exact *= log2_of_e;
    auto const shift = -(parts.exponent + 1);
    auto const halvings = shift >= 128 ? uint128{0} : exact >> shift;
    return {static_cast<std::uint64_t>(halvings >> 64), static_cast<std::uint64_t>(halvings)};
}

/// e^-x for x >= 0, with an error below 2^-52 of itself; 0 from 2^-1022 down.
constexpr double exp_minus(double x) {
    auto const power = power_of_e(x);
    return exp2_minus(power.whole, power.fraction);
}

/// 1 - e^-x for x >= 0, with an error below 2.5e-16, and below 4e-13 of itself.
constexpr double one_minus_exp_minus(double x) {
    if (x < power_of_two(-20))  // the next term is below 2^-60 of the first
        return x - product(product(x, x), 0.5) + product(product(x, product(x, x)), 1.0 / 6);
    auto const power = power_of_e(x);
    if (power.whole > 63)
        return 1;
    auto const left = ~std::uint64_t{0} - (exp2_of_fraction(power.fraction) >> power.whole);
    return static_cast<double>(left) * power_of_two(-64);
}

/// e^x, with an error below 2^-52 of itself; 0 below 2^-1022, infinity above the largest double, NaN
/// for NaN.
constexpr double exponential(double x) {
    if (x != x)
        return x;
    if (x <= 0)
        return exp_minus(-x);
    auto const [whole, fraction] = power_of_e(x);
    if (whole >= 1024)
        return std::numeric_limits<double>::infinity();
    auto const doubled = power_of_two(static_cast<int>(whole));
    return fraction == 0 ? doubled : doubled * (2 * exp2_minus(0, ~fraction + 1));
}

}  // namespace attribution::detail
