// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace attribution::inline v0_1::detail {

/// floor(a * b / 2^64): the product of two fractions in units of 2^-64.
constexpr std::uint64_t multiply_fractions(std::uint64_t a, std::uint64_t b) {
    return static_cast<std::uint64_t>((static_cast<uint128>(a) * b) >> 64);
}

/// The root, rounded down.
constexpr std::uint64_t square_root(uint128 value) {
    std::uint64_t root = 0;
    for (std::uint64_t bit = std::uint64_t{1} << 63; bit != 0; bit >>= 1)
        if (static_cast<uint128>(root | bit) * (root | bit) <= value)
            root |= bit;
    return root;
}

/// 2^-(i * step) for i in 0..255, in units of 2^-64, where step is 2^-8 (first) or 2^-16 (second).
/// Entry 0 is 1 - 2^-64: one has no representation, and the last bit is far below a double's.
struct exp2_tables {
    std::array<std::uint64_t, 256> high{};
    std::array<std::uint64_t, 256> low{};

    constexpr exp2_tables() {
        std::array<std::uint64_t, 17> roots{};  // roots[k] = 2^-(2^-k)
        roots[0] = std::uint64_t{1} << 63;
        for (std::size_t k = 1; k < roots.size(); ++k)
            roots[k] = square_root(static_cast<uint128>(roots[k - 1]) << 64);
        for (std::size_t i = 0; i < 256; ++i) {
            high[i] = low[i] = ~std::uint64_t{0};
            for (std::size_t bit = 0; bit < 8; ++bit) {
                if ((i >> bit & 1) == 0)
                    continue;
                high[i] = multiply_fractions(high[i], roots[8 - bit]);
                low[i] = multiply_fractions(low[i], roots[16 - bit]);
            }
        }
    }
};

inline constexpr exp2_tables exp2_table{};

/// 2^-(fraction / 2^64) in units of 2^-64.
///
/// Integer arithmetic throughout, so that every compiler, optimisation level and machine gives the
/// same bits; libm's exp2 promises none of that and is not constexpr. Two table steps for the upper
/// 16 bits of the fraction, then the exponential series for the rest, x < 2^-16, to x^3.
constexpr std::uint64_t exp2_of_fraction(std::uint64_t fraction) {
    constexpr std::uint64_t ln2 = 0xb172'17f7'd1cf'79ab;  // ln 2 in units of 2^-64
    auto const x = multiply_fractions(fraction & 0xffff'ffff'ffff, ln2);
    auto const square = multiply_fractions(x, x);
    auto const cube = multiply_fractions(square, x);
    auto const series = ~std::uint64_t{0} - x + square / 2 - cube / 6;
    return multiply_fractions(
        multiply_fractions(exp2_table.high[static_cast<std::size_t>(fraction >> 56)],
                           exp2_table.low[static_cast<std::size_t>(fraction >> 48 & 0xff)]),
        series);
}

/// 2^-(whole + fraction / 2^64), with an error of at most 1/2 + 1/64 units in the last place; 0
/// from 2^-1022 down.
constexpr double exp2_minus(std::uint64_t whole, std::uint64_t fraction) {
    if (whole > 1021)
        return 0;
    return static_cast<double>(exp2_of_fraction(fraction)) * power_of_two(-64) *
           power_of_two(-static_cast<int>(whole));
}

/// The same number in units of 2^-61, rounded half up.
///
/// Equivalent to: `weight_units(exp2_minus(whole, fraction), 0)`.
constexpr std::uint64_t exp2_units(std::uint64_t whole, std::uint64_t fraction) {
    if (whole > 62)
        return 0;
    auto const power = exp2_of_fraction(fraction);
    // Rounded to 53 bits as a double is. Half of the power, with the last bit kept sticky, is a
    // signed number, which processors convert in one step.
    auto const rounded = static_cast<std::uint64_t>(static_cast<std::int64_t>(
        static_cast<double>(static_cast<std::int64_t>(power >> 1 | (power & 1))) * 0.5));
    return (rounded + (std::uint64_t{1} << whole)) >> 1 >> whole;
}

}  // namespace attribution::detail
