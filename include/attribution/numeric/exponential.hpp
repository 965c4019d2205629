// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/exp2.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/product.hpp>

#include <cstdint>

/// Powers and logarithms that are the same bits on every machine; libm's are not.
namespace attribution::inline v0_1::detail {

/// A power of two that is not yet made into a number: 2^-(whole + fraction / 2^64).
struct negative_power {
    std::uint64_t whole;
    std::uint64_t fraction;
};

/// e^-x as a power of two, for x >= 0. Beyond 2^40, whatever is 0 as a double.
constexpr negative_power power_of_e(double x) {
    constexpr double log2_of_e = 1.4426950408889634;
    double const exponent = product(x, log2_of_e);
    if (!(exponent < power_of_two(40)))
        return {std::uint64_t{1} << 40, 0};
    auto const parts = take_apart(exponent);
    if (parts.exponent >= 0)
        return {parts.mantissa << parts.exponent, 0};
    auto const shift = -parts.exponent;
    if (shift >= 117)
        return {0, 0};
    auto const whole = shift < 64 ? parts.mantissa >> shift : 0;
    auto const fraction = shift <= 64
                              ? (shift == 64 ? parts.mantissa : parts.mantissa << (64 - shift))
                              : parts.mantissa >> (shift - 64);
    return {whole, fraction};
}

/// e^-x for x >= 0, with an error below (1 + x) * 2.5e-16 of itself; 0 from x = 708.4 on.
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

/// e^x for any x of at most 700; the quotient where it is more than 1.
constexpr double exponential(double x) {
    return x <= 0 ? exp_minus(-x) : 1 / exp_minus(x);
}

}  // namespace attribution::detail
