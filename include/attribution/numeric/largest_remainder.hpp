// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace attribution::inline v0_1::detail {

/// A fair share of whole units, rounded down, and what the rounding cut off.
struct quota {
    std::uint64_t floor;
    uint128 remainder;
};

/// Up to so many quotas are ranked by counting.
inline constexpr std::size_t most_ranked_quotas = 8;

constexpr quota divide(uint128 dividend, uint128 divisor) {
    if ((dividend | divisor) >> 64 == 0) {  // 64-bit division is several times faster
        auto const narrow = static_cast<std::uint64_t>(dividend);
        auto const by = static_cast<std::uint64_t>(divisor);
        return {narrow / by, narrow % by};
    }
    auto const floor = dividend / divisor;
    return {static_cast<std::uint64_t>(floor), dividend - floor * divisor};
}

/// Divides magnitude * units by one sum of units, several times.
class quota_divider {
  public:
    constexpr explicit quota_divider(uint128 sum)
        : sum_{sum}, inverse_{1 / static_cast<double>(sum)} {}

    /// The units are at most the sum.
    constexpr quota operator()(std::uint64_t magnitude, std::uint64_t units) const {
        auto const dividend = uint128{magnitude} * units;
        if (magnitude >= least_divided)
            return divide(dividend, sum_);
        // Five roundings of 2^-53 each are less than one unit, so the estimate is at most one off.
        auto floor = static_cast<std::uint64_t>(static_cast<double>(magnitude) *
                                                static_cast<double>(units) * inverse_);
        auto remainder = dividend - floor * sum_;
        if (remainder >> 127 != 0) {
            --floor;
            remainder += sum_;
        } else if (remainder >= sum_) {
            ++floor;
            remainder -= sum_;
        }
        return {floor, remainder};
    }

  private:
    static constexpr std::uint64_t least_divided = std::uint64_t{1} << 50;

    uint128 sum_;
    double inverse_;
};

/// As `hand_out`, with ties to the earlier, by counting for each remainder how many are larger: more comparisons, but none
/// that the processor must foresee.
constexpr void hand_out_by_rank(std::uint64_t left, std::span<quota> quotas) {
    std::array<std::uint64_t, most_ranked_quotas> rank{};
    for (std::size_t i = 1; i < quotas.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            auto const overtakes =
                static_cast<std::uint64_t>(quotas[j].remainder < quotas[i].remainder);
            rank[j] += overtakes;
            rank[i] += 1 - overtakes;
        }
    for (std::size_t i = 0; i < quotas.size(); ++i)
        quotas[i].floor += static_cast<std::uint64_t>(rank[i] < left);
}

/// Of the chosen, the first `count` are to get one more unit each. Those among them with the smallest
/// remainder share it with all others that have the same: begins at another one of these, in their
/// order.
template <class Numbers>
constexpr void begin_ties_at(std::uint64_t first, std::span<quota const> quotas, std::size_t count,
                             Numbers& chosen) {
    auto least = quotas[chosen[0]].remainder;
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

/// Hands units out to the remainders that are the largest by their leading bits, as long as there are
/// enough for all with the same, and chooses those with the next ones. Returns how many units are left for
/// these, which may be 0. There are more quotas than units.
template <class Numbers>
constexpr std::uint64_t hand_out_by_leading_bits(std::uint64_t left, std::span<quota> quotas,
                                                 Numbers& chosen) {
    constexpr int bits = 6;
    uint128 all = 0;
    for (auto const& quota : quotas)
        all |= quota.remainder;
    auto const high = static_cast<std::uint64_t>(all >> 64);
    auto const low = static_cast<std::uint64_t>(all);
    auto const width =
        static_cast<int>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(low));
    auto const shift = std::max(0, width - bits);
    std::array<std::uint64_t, std::size_t{1} << bits> counts{};
    for (auto const& quota : quotas)
        ++counts[static_cast<std::size_t>(quota.remainder >> shift)];
    auto next = counts.size() - 1;
    for (; counts[next] <= left; --next)
        left -= counts[next];
    chosen.clear();
    for (std::size_t i = 0; i < quotas.size(); ++i) {
        auto const own = static_cast<std::size_t>(quotas[i].remainder >> shift);
        quotas[i].floor += static_cast<std::uint64_t>(own > next);
        if (own == next)
            chosen.push_back(i);
    }
    return left;
}

/// Adds the units that the floors leave of `whole` to the largest remainders, one each, ties to the
/// earlier; or, of n that are tied, to those from number `first_of_ties` modulo n on, and then from
/// the earliest on. `chosen`, a vector of std::size_t or the like, is scratch.
template <class Numbers>
constexpr void hand_out(std::uint64_t whole, std::span<quota> quotas, Numbers& chosen,
                        std::uint64_t first_of_ties = 0) {
    auto left = whole;
    for (auto const& quota : quotas)
        left -= quota.floor;
    if (left == 0)
        return;
    if (quotas.size() <= most_ranked_quotas && first_of_ties == 0) {
        detail::hand_out_by_rank(left, quotas);
        return;
    }
    left = detail::hand_out_by_leading_bits(left, quotas, chosen);
    if (left == 0)
        return;
    auto const count = static_cast<std::ptrdiff_t>(left);
    std::nth_element(chosen.begin(), chosen.begin() + count, chosen.end(),
                     [&](std::size_t a, std::size_t b) {
                         if (quotas[a].remainder != quotas[b].remainder)
                             return quotas[a].remainder > quotas[b].remainder;
                         return a < b;
                     });
    if (first_of_ties != 0)
        detail::begin_ties_at(first_of_ties, quotas, static_cast<std::size_t>(left), chosen);
    for (std::ptrdiff_t i = 0; i < count; ++i)
        ++quotas[chosen[static_cast<std::size_t>(i)]].floor;
}

}  // namespace attribution::detail
