// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace attribution::inline v0_1::detail {

/// The first index in [begin, end) for which `before` is false, or `end`; `before` must be true up
/// to some index and false from there on.
///
/// Starts at `hint`, which lies in [begin, end], and gallops away from it in either direction:
/// O(log d) calls for a distance d, and only a few, without a branch, if the distance is small.
template <class Before>
constexpr std::size_t seek(std::size_t hint, std::size_t begin, std::size_t end, Before before) {
    constexpr std::size_t near = 8;
    std::size_t low = hint;  // `before` is true for all before `low`
    std::size_t step = near;
    if (hint > begin && !before(hint - 1)) {
        std::size_t high = hint - 1;  // `before` is false here
        while (high - begin >= step && !before(high - step)) {
            high -= step;
            step *= 2;
        }
        low = high - begin >= step ? high - step + 1 : begin;
        end = high;
    } else {
        while (end - low >= step && before(low + step - 1)) {
            low += step;
            step *= 2;
        }
        if (end - low >= step) {
            if (step == near) {  // the usual case: three steps, no branch
                low += before(low + 3) ? std::size_t{4} : 0;
                low += before(low + 1) ? std::size_t{2} : 0;
                low += before(low) ? std::size_t{1} : 0;
                return low;
            }
            end = low + step - 1;
        }
    }
    for (std::size_t count = end - low; count > 0;) {
        std::size_t const half = (count + 1) / 2;
        low += before(low + half - 1) ? half : 0;
        count -= half;
    }
    return low;
}

}  // namespace attribution::detail
