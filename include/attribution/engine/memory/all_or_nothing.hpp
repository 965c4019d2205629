// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

/// Changes to a vector that happen wholly or not at all, whatever the operations of its elements
/// throw.
namespace attribution::inline v0_1::detail {

/// Can elements be shifted in place? Those that cannot are copied into a second vector; the two
/// vectors are swapped when everything has succeeded.
template <class T>
inline constexpr bool shifts_safely =
    std::is_nothrow_move_constructible_v<T>&& std::is_nothrow_move_assignable_v<T>;

/// Inserts one more element at that place and calls `use` with it. If that throws, it is removed
/// again.
///
/// Complexity: amortised O(1) at the end, O(n) before others.
template <class T, class Use>
void insert_or_nothing(std::vector<T>& all, std::size_t place, T&& one, Use use) {
    if (place == all.size()) {
        all.push_back(std::forward<T>(one));
        try {
            use(all.back());
        } catch (...) {
            all.pop_back();
            throw;
        }
    } else if constexpr (shifts_safely<T>) {
        auto const added =
            all.insert(all.begin() + static_cast<std::ptrdiff_t>(place), std::forward<T>(one));
        try {
            use(*added);
        } catch (...) {
            all.erase(added);
            throw;
        }
    } else {
        auto const middle = all.begin() + static_cast<std::ptrdiff_t>(place);
        std::vector<T> aside;
        aside.reserve(std::max(all.size() + 1, all.capacity()));
        aside.insert(aside.end(), all.begin(), middle);
        aside.push_back(std::forward<T>(one));
        aside.insert(aside.end(), middle, all.end());
        use(aside[place]);
        all.swap(aside);
    }
}

/// Removes the first `many` elements, and memory for more than four times what is left.
///
/// Complexity: O(n).
template <class T>
void erase_front_or_nothing(std::vector<T>& all, std::size_t many) {
    if (many == 0)
        return;
    auto const kept = all.begin() + static_cast<std::ptrdiff_t>(many);
    if constexpr (shifts_safely<T>) {
        all.erase(all.begin(), kept);
        if (all.size() < all.capacity() / 4)
            all.shrink_to_fit();
    } else {
        std::vector<T>(kept, all.end()).swap(all);
    }
}

}  // namespace attribution::detail
