// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/text_value.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1::detail {

template <class T>
concept sequence_of_unsigned_numbers = std::unsigned_integral<typename T::value_type> &&
    requires(T const& all) {
    all.begin() != all.end();
};

template <class T>
inline constexpr bool is_tuple = false;
template <class... T>
inline constexpr bool is_tuple<std::tuple<T...>> = true;
template <class A, class B>
inline constexpr bool is_tuple<std::pair<A, B>> = true;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// a < b. Sequences of numbers are compared number by number, inside of tuples and optional values,
/// too: libstdc++ 12 compares sequences of unsigned numbers by only some of their bytes on machines
/// with the highest byte first (s390x). Text given by its address is compared by its characters, and comes
/// after no text.
struct comes_before_fn {
    template <class T>
    constexpr bool operator()(T const& a, T const& b) const {
        if constexpr (sequence_of_unsigned_numbers<T>)
            return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                                [](auto x, auto y) { return x < y; });
        else if constexpr (is_text_pointer<T> || is_optional_text_pointer<T>)
            return as_compared(a) < as_compared(b);
        else if constexpr (is_optional<T>)
            return b.has_value() && (!a.has_value() || (*this)(*a, *b));
        else if constexpr (is_tuple<T>)
            return of_tuples<0>(a, b);
        else
            return a < b;
    }

  private:
    template <std::size_t I, class T>
    constexpr bool of_tuples(T const& a, T const& b) const {
        if constexpr (I == std::tuple_size_v<T>)
            return false;
        else if ((*this)(std::get<I>(a), std::get<I>(b)))
            return true;
        else
            return !(*this)(std::get<I>(b), std::get<I>(a)) && of_tuples<I + 1>(a, b);
    }
};
inline constexpr comes_before_fn comes_before{};

}  // namespace attribution::detail
