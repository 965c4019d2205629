// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <concepts>
#include <cstdint>

namespace attribution::inline v0_1::detail {

/// Whole numbers of at most 64 bits, which fit side by side into one of 128.
template <class Key, class Time>
inline constexpr bool
    has_ordered_place = std::integral<Key> &&
                        sizeof(Key) <= 8 && std::integral<typename measure<Time>::rep> &&
                        sizeof(typename measure<Time>::rep) <= 8;

/// The number without a sign that has the same place among the numbers of its type.
template <std::integral Number>
constexpr std::uint64_t in_order(Number number) {
    constexpr auto sign = std::signed_integral<Number> ? std::uint64_t{1} << 63 : std::uint64_t{0};
    return static_cast<std::uint64_t>(number) ^ sign;
}

/// Key and time as one number, in the order (key, time): one comparison instead of three.
template <class Key, class Time>
    requires has_ordered_place<Key, Time>
constexpr uint128 ordered_place(Key key, Time at) {
    return uint128{in_order(key)} << 64 | in_order(measure<Time>::count(at));
}

}  // namespace attribution::detail
