// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <concepts>

namespace attribution::inline v0_1::detail {

template <class T>
concept sequence_of_unsigned_numbers = std::unsigned_integral<typename T::value_type> &&
    requires(T const& all) {
    all.begin() != all.end();
};

/// a < b. Sequences of numbers are compared number by number: libstdc++ 12 compares sequences of
/// unsigned numbers by only some of their bytes on machines with the highest byte first (s390x).
struct comes_before_fn {
    template <class T>
    constexpr bool operator()(T const& a, T const& b) const {
        if constexpr (sequence_of_unsigned_numbers<T>)
            return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                                [](auto x, auto y) { return x < y; });
        else
            return a < b;
    }
};
inline constexpr comes_before_fn comes_before{};

}  // namespace attribution::detail
