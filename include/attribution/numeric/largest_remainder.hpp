// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attribution::inline v0_1::detail {

/// A fair share of whole units, rounded down, and what the rounding cut off.
struct quota {
    std::uint64_t floor;
    uint128 remainder;
};

constexpr quota divide(uint128 dividend, uint128 divisor) {
    if ((dividend | divisor) >> 64 == 0) {  // 64-bit division is several times faster
        auto const narrow = static_cast<std::uint64_t>(dividend);
        auto const by = static_cast<std::uint64_t>(divisor);
        return {narrow / by, narrow % by};
    }
    auto const floor = dividend / divisor;
    return {static_cast<std::uint64_t>(floor), dividend - floor * divisor};
}

/// Of the chosen, the first `count` are to get one more unit each. Those among them with the smallest
/// remainder share it with all others that have the same: begins at another one of these, in their
/// order.
constexpr void begin_ties_at(std::uint64_t first, std::span<quota const> quotas, std::size_t count,
                             std::vector<std::size_t>& chosen) {
    auto least = quotas[chosen.front()].remainder;
    for (std::size_t i = 1; i < count; ++i)
        least = std::min(least, quotas[chosen[i]].remainder);
    auto const larger = std::partition(chosen.begin(), chosen.end(),
                                       [&](std::size_t i) { return quotas[i].remainder > least; });
    auto const tied = std::partition(larger, chosen.end(),
                                     [&](std::size_t i) { return quotas[i].remainder == least; });
    std::sort(larger, tied);
    auto const many = static_cast<std::uint64_t>(tied - larger);
    std::rotate(larger, larger + static_cast<std::ptrdiff_t>(first % many), tied);
}

/// Adds the units that the floors leave of `whole` to the largest remainders, one each, ties to the
/// earlier; or, of n that are tied, to those from number `first_of_ties` modulo n on, and then from
/// the earliest on. `chosen` is scratch.
constexpr void hand_out(std::uint64_t whole, std::span<quota> quotas,
                        std::vector<std::size_t>& chosen, std::uint64_t first_of_ties = 0) {
    auto left = whole;
    for (auto const& quota : quotas)
        left -= quota.floor;
    if (left == 0)
        return;
    chosen.clear();
    for (std::size_t i = 0; i < quotas.size(); ++i)
        if (quotas[i].remainder != 0)
            chosen.push_back(i);
    auto const count = static_cast<std::ptrdiff_t>(left);
    std::nth_element(chosen.begin(), chosen.begin() + count, chosen.end(),
                     [&](std::size_t a, std::size_t b) {
                         if (quotas[a].remainder != quotas[b].remainder)
                             return quotas[a].remainder > quotas[b].remainder;
                         return a < b;
                     });
    if (first_of_ties != 0)
        begin_ties_at(first_of_ties, quotas, static_cast<std::size_t>(left), chosen);
    for (std::ptrdiff_t i = 0; i < count; ++i)
        ++quotas[chosen[static_cast<std::size_t>(i)]].floor;
}

}  // namespace attribution::detail
