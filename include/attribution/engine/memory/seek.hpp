// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>

#include <algorithm>
#include <cstddef>

namespace attribution::inline v0_1::detail {

/// How far `seek` looks ahead in strides, before it gallops.
inline constexpr std::size_t looked_through = 32;

/// The first index in [begin, end) for which `before` is false, or `end`, by galloping from `hint`
/// in the direction in which it lies.
template <class Before>
ATTRIBUTION_OUT_OF_LINE constexpr std::size_t gallop(std::size_t hint, std::size_t begin,
                                                     std::size_t end, Before before) {
    std::size_t low = hint;  // `before` is true for all before `low`
    std::size_t step = 8;
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
        end = std::min(end, low + step - 1);
    }
    for (std::size_t count = end - low; count > 0;) {
        std::size_t const half = (count + 1) / 2;
        low += before(low + half - 1) ? half : 0;
        count -= half;
    }
    return low;
}

/// Is the end mostly far away, as that of all records, or near, as that of a customer's?
inline constexpr bool far_end = true;
inline constexpr bool near_end = false;

/// The first index in [hint, end) for which `before` is false, or `end`; `before` must be true up to
/// some index and false from there on.
///
/// O(log d) calls for a distance d. What lies a little ahead, as the next window mostly does, is
/// looked through in strides, because the processor foresees such a loop, and reads ahead; which of
/// the last stride it is takes no branch that could be foreseen wrongly.
template <bool Far = near_end, class Before>
ATTRIBUTION_INLINE constexpr std::size_t seek_ahead(std::size_t hint, std::size_t end,
                                                    Before before) {
    constexpr std::size_t stride = 4;
    auto straight = hint + looked_through;
    if (Far && straight > end) [[unlikely]]
        return gallop(hint, hint, end, before);
    straight = std::min(straight, end);
    if (Far || straight - hint >= stride) {
        auto const last_stride = straight - stride;
        do {  // with its test at the end, the loop finds once where the records are
            if (!before(hint + 3)) {
                hint += 2 * std::size_t{before(hint + 1)};
                return hint + std::size_t{before(hint)};
            }
            hint += stride;
        } while (hint <= last_stride);
    }
    while (hint < straight && before(hint))
        ++hint;
    if (hint == straight && hint < end) [[unlikely]]
        return gallop(hint, hint, end, before);
    return hint;
}

/// The same in [begin, end), ahead of `hint` or before it; `hint` lies in [begin, end].
template <bool Far = near_end, class Before>
ATTRIBUTION_INLINE constexpr std::size_t seek(std::size_t hint, std::size_t begin, std::size_t end,
                                              Before before) {
    if (hint > begin && !before(hint - 1)) [[unlikely]]
        return gallop(hint, begin, end, before);
    return seek_ahead<Far>(hint, end, before);
}

}  // namespace attribution::detail
