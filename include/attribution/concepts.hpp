// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>

#include <concepts>
#include <functional>
#include <type_traits>

namespace attribution::inline v0_1 {

/// A point on a time line: ordered, and the difference of two is a length.
///
/// `std::chrono` time points of any clock and precision (also those of `date`), and plain numbers
/// such as seconds in an integer. The two sides of a join may use different instants of one time line:
/// they are compared as the numbers they are, whatever their precision, sign and width.
template <class T>
concept instant = std::regular<T> && std::totally_ordered<T> && requires(T const a, T const b) {
    a - b;
};

/// Two instants on the same time line.
template <class A, class B>
concept same_time_line = instant<A> && instant<B> && requires {
    typename std::common_type_t<A, B>;
} && instant<std::common_type_t<A, B>>;

/// What a touchpoint and a conversion must share to be joined: comparable for equality, and either
/// hashed by std::hash or totally ordered. An empty `std::optional` key is *missing*: it joins
/// nothing, not even another missing key; nor does a NaN, or a pointer to nothing. An empty text is a
/// key like any other: see `present`.
template <class T>
concept join_key = std::equality_comparable<T> &&(std::totally_ordered<T> || requires(T const key) {
    { std::hash<T>{}(key) } -> std::convertible_to<std::size_t>;
});

/// A count of indivisible units wrapped in a type of its own, such as `money`: it gives their
/// number, and is made from it.
template <class T>
concept unit_amount = std::regular<T> && requires(T const amount) {
    typename T::units_type;
    requires std::integral<typename T::units_type>;
    { amount.units() } -> std::same_as<typename T::units_type>;
    { T::from_units(amount.units()) } -> std::same_as<T>;
};

/// What a conversion is worth, and what is split among its touchpoints.
///
/// Integers and unit amounts are split into whole units that add up exactly. Floating-point amounts
/// are split by share, without rounding to units.
template <class T>
concept amount = (std::integral<T> && !std::same_as<T, bool> && sizeof(T) <= 8) ||
                 (std::floating_point<T> && sizeof(T) <= 8) || unit_amount<T>;

}  // namespace attribution
