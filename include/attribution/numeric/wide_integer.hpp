// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/numeric/portable_int128.hpp>

#include <concepts>
#include <cstdint>
#include <limits>

namespace attribution::inline v0_1::detail {

#if ATTRIBUTION_HAS_INT128
using int128 = compilers_int128;
using uint128 = compilers_uint128;
#else
using int128 = portable_int128;
using uint128 = portable_uint128;
#endif

/// The value if `Narrow` can hold it, else the nearest of its limits.
template <std::integral Narrow>
constexpr Narrow saturate(int128 value) {
    if (value < int128{std::numeric_limits<Narrow>::min()})
        return std::numeric_limits<Narrow>::min();
    if (value > int128{std::numeric_limits<Narrow>::max()})
        return std::numeric_limits<Narrow>::max();
    return static_cast<Narrow>(value);
}

template <std::integral Narrow>
constexpr bool representable(int128 value) {
    return value >= int128{std::numeric_limits<Narrow>::min()} &&
           value <= int128{std::numeric_limits<Narrow>::max()};
}

/// value|, also for the lowest integer.
template <std::integral Units>
constexpr std::uint64_t magnitude_of(Units value) {
    return static_cast<std::uint64_t>(value < 0 ? -int128{value} : int128{value});
}

/// The integer of this magnitude and sign, which must fit into `Units`.
template <std::integral Units>
constexpr Units with_sign(std::uint64_t magnitude, bool negative) {
    return static_cast<Units>(negative ? -int128{magnitude} : int128{magnitude});
}

/// The quotient rounded towards minus infinity; `divisor` is positive.
constexpr int128 floor_divide(int128 dividend, int128 divisor) {
    int128 const quotient = dividend / divisor;
    return dividend % divisor < 0 ? quotient - 1 : quotient;
}

/// The quotient rounded towards plus infinity; `divisor` is positive.
constexpr int128 ceil_divide(int128 dividend, int128 divisor) {
    int128 const quotient = dividend / divisor;
    return dividend % divisor > 0 ? quotient + 1 : quotient;
}

}  // namespace attribution::detail
