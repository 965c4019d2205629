// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/product.hpp>

#include <bit>
#include <cstdint>

namespace attribution::inline v0_1::detail {

/// The natural logarithm of a positive finite number, the same bits on every machine, to about two
/// units in the last place.
///
/// x = 2^k * m with m between the roots of 1/2 and 2; ln m = 2 (s + s^3/3 + s^5/5 + ...) with s =
/// (m - 1) / (m + 1), at most 0.172: the first term left out is below 2^-56 of the sum.
constexpr double logarithm(double x) {
    constexpr double ln2_high = 0x1.62e42feep-1;  // 32 bits: times an exponent it is exact
    constexpr double ln2_low = 0x1.a39ef35793c76p-33;
    constexpr double root_of_2 = 1.4142135623730951;
    auto const parts = take_apart(x);
    auto const unused = std::countl_zero(parts.mantissa) - 11;
    auto exponent = parts.exponent + 52 - unused;
    double m = static_cast<double>(parts.mantissa << unused) * power_of_two(-52);
    if (m > root_of_2) {
        m *= 0.5;
        ++exponent;
    }
    double const s = (m - 1) / (m + 1);
    double const square = product(s, s);
    double series = 0;
    for (int n = 21; n >= 3; n -= 2)
        series = product(series + 1 / static_cast<double>(n), square);
    double const small = 2 * s + product(2 * s, series);
    auto const k = static_cast<double>(exponent);
    return product(k, ln2_high) + (small + product(k, ln2_low));
}

}  // namespace attribution::detail
