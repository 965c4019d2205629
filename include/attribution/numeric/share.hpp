// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace attribution::inline v0_1::detail {

inline constexpr std::int64_t billion = 1'000'000'000;

/// A share in billionths, rounded half up to a whole number: decimals such as 0.4 become exact.
///
/// Errors: std::invalid_argument, in the name of `model`, unless the share lies in [0, 1].
constexpr std::int64_t billionths(double share, char const* model) {
    if (!(share >= 0 && share <= 1))
        throw std::invalid_argument{std::string{model} + ": a share must lie in [0, 1]"};
    // In integers, so that a fused multiply-add cannot change the result.
    auto const parts = take_apart(share);
    int const shift = -parts.exponent;
    if (shift > 120)
        return 0;
    auto const wide = uint128{parts.mantissa} * static_cast<std::uint64_t>(billion);
    return static_cast<std::int64_t>((wide + (uint128{1} << (shift - 1))) >> shift);
}

}  // namespace attribution::detail
