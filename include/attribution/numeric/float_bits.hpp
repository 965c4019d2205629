// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace attribution::inline v0_1::detail {

static_assert(std::numeric_limits<double>::is_iec559 && sizeof(double) == sizeof(std::uint64_t),
              "attribution: double must be IEEE 754 binary64; credits would not be reproducible");

/// A finite double taken apart: value = (negative ? -1 : 1) * mantissa * 2^exponent, exactly.
struct float_parts {
    std::uint64_t mantissa;  // below 2^53
    int exponent;            // -1074 .. 971
    bool negative;
};

constexpr float_parts take_apart(double value) {
    auto const bits = std::bit_cast<std::uint64_t>(value);
    auto const biased = static_cast<int>((bits >> 52) & 0x7ff);
    auto const fraction = bits & ((std::uint64_t{1} << 52) - 1);
    bool const negative = (bits >> 63) != 0;
    if (biased == 0)
        return {fraction, -1074, negative};
    return {fraction | (std::uint64_t{1} << 52), biased - 1075, negative};
}

/// <cmath> is not constexpr on every compiler, and -ffast-math would fold it away.
constexpr bool is_finite(double value) {
    return std::bit_cast<std::uint64_t>(value) << 1 < std::uint64_t{0x7ff} << 53;
}

/// 2^exponent, exactly, for -1022 <= exponent <= 1023.
constexpr double power_of_two(int exponent) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

}  // namespace attribution::detail
