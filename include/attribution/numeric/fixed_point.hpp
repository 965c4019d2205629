// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace attribution::inline v0_1::detail {

/// The one rounding between a model's weights and the credit they earn.
///
/// Weights are turned into whole units, 2^-61 of the largest weight's power of two, rounded half
/// up. Sums and quotients of units are integer arithmetic, so neither the order of evaluation nor a
/// fused multiply-add can change a credit. Units whose common factor is a power of two are reduced
/// by it: equal weights become 1, 1, 1, ...
inline constexpr int unit_bits = 61;

/// weight * 2^(unit_bits - top), rounded half up; `top` is the exponent of the largest weight.
constexpr std::uint64_t weight_units(double weight, int top) {
    auto const parts = take_apart(weight);
    int const shift = parts.exponent + unit_bits - top;
    if (shift >= 0)
        return parts.mantissa << shift;
    if (shift < -53)
        return 0;
    return (parts.mantissa + (std::uint64_t{1} << (-shift - 1))) >> -shift;
}

/// The exponent e of a positive finite double: 2^e <= value < 2^(e+1).
constexpr int exponent_of(double value) {
    auto const parts = take_apart(value);
    return parts.exponent + 63 - std::countl_zero(parts.mantissa);
}

/// Fills `units` from finite, non-negative `weights` and returns their sum, which is 0 if all
/// weights are 0.
constexpr uint128 to_units(std::span<double const> weights, std::span<std::uint64_t> units) {
    double largest = 0;
    for (double const weight : weights)
        largest = std::max(largest, weight);
    if (!(largest > 0)) {
        for (auto& unit : units)
            unit = 0;
        return 0;
    }
    int const top = exponent_of(largest);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        bits |= units[i] = weight_units(weights[i], top);
    int const common = std::countr_zero(bits);
    uint128 sum = 0;
    for (auto& unit : units)
        sum += unit >>= common;
    return sum;
}

/// units / sum in units of 2^-61, rounded down.
constexpr std::uint64_t share_units(std::uint64_t units, uint128 sum) {
    return static_cast<std::uint64_t>((uint128{units} << unit_bits) / sum);
}

}  // namespace attribution::detail
