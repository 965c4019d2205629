// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Sorts `size` elements by `before`, which must be a strict weak order; elements of which neither is
/// before the other stay in their order. std::sort and std::stable_sort are a dozen functions for each
/// type of element and order, which every program that attributes would compile.
///
/// Shape:      `spare` has room for as many. Returns where the sorted elements are: `all` or `spare`. The
///             other holds no particular values.
/// Errors:     whatever `before` throws; some elements may then be lost.
/// Complexity: O(n log n) comparisons and copies, no allocation.
template <class T, class Before>
constexpr T* merge_sort(T* all, T* spare, std::size_t size, Before const& before) {
    for (std::size_t run = 1; run < size; run *= 2) {
        auto* place = spare;
        for (std::size_t begin = 0; begin < size; begin += 2 * run) {
            T const* left = all + begin;
            T const* const middle = all + std::min(begin + run, size);
            T const* right = middle;
            T const* const end = all + std::min(begin + 2 * run, size);
            while (left != middle && right != end)
                if (before(*right, *left))
                    *place++ = *right++;
                else
                    *place++ = *left++;
            while (left != middle)
                *place++ = *left++;
            while (right != end)
                *place++ = *right++;
        }
        std::swap(all, spare);
    }
    return all;
}

}  // namespace attribution::detail
