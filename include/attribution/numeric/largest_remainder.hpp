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

/// Adds the units that the floors leave of `whole` to the largest remainders, one each, ties to the
/// earlier. `chosen` is scratch.
constexpr void hand_out(std::uint64_t whole, std::span<quota> quotas,
                        std::vector<std::size_t>& chosen) {
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
    for (std::ptrdiff_t i = 0; i < count; ++i)
        ++quotas[chosen[static_cast<std::size_t>(i)]].floor;
}

}  // namespace attribution::detail
