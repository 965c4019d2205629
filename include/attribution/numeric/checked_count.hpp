// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/wide_integer.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>

/// Counts that could wrap, and places in fewer bits than std::size_t has.
namespace attribution::inline v0_1::detail {

/// count + weight * length.
///
/// Errors:     std::overflow_error if 64 bits do not hold it.
constexpr std::uint64_t counted(std::uint64_t count, std::uint64_t weight,
                                std::uint64_t length = 1) {
    auto const sum = uint128{weight} * length + count;
    if (sum > std::numeric_limits<std::uint64_t>::max())
        throw std::overflow_error{
            "fit: there are more than 2^64 - 1 paths, or touchpoints in them; look for counts that "
            "stand for something else, such as -1 for \"unknown\", or count in thousands"};
    return static_cast<std::uint64_t>(sum);
}

/// A place as a 32-bit number; the largest of these means no place.
///
/// Errors:     std::length_error if it has no such number.
constexpr std::uint32_t as_number(std::size_t place) {
    if (place >= 0xffff'ffff)
        throw std::length_error{
            "fit: more than 2^32 - 2 channels, states or coalitions, or touchpoints in one path; "
            "learn from fewer or coarser channels, or with a lower order"};
    return static_cast<std::uint32_t>(place);
}

}  // namespace attribution::detail
