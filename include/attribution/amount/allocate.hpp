// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/numeric/fixed_point.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/largest_remainder.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace attribution {

namespace detail {

/// Splits one amount after another into parts, reusing its buffers.
class splitter {
  public:
    /// Reads the weights; false if none counts, so that nothing can be split.
    constexpr bool weigh(std::span<double const> weights) {
        units_.assign(weights.size(), 0);
        sum_ = to_units(weights, units_);
        real_sum_ = static_cast<double>(sum_);
        return sum_ != 0;
    }

    /// Takes whole numbers as weights, exactly as they are.
    constexpr void weigh_units(std::span<std::uint64_t const> weights) {
        units_.assign(weights.begin(), weights.end());
        sum_ = 0;
        for (auto const unit : units_)
            sum_ += unit;
        real_sum_ = static_cast<double>(sum_);
    }

    [[nodiscard]] constexpr bool counts(std::size_t i) const { return units_[i] != 0; }
    [[nodiscard]] constexpr double share(std::size_t i) const {
        return static_cast<double>(units_[i]) / real_sum_;
    }

    /// One part per weight of the last `weigh`, in its order. Needs a sum of weights above 0.
    template <amount Amount>
    constexpr void split(Amount whole, std::span<Amount> parts) {
        if constexpr (std::floating_point<Amount>) {
            for (std::size_t i = 0; i < parts.size(); ++i)
                parts[i] = floating_part(whole, units_[i], real_sum_);
        } else if constexpr (std::integral<Amount>) {
            split_units(whole, [&](std::size_t i, Amount part) { parts[i] = part; });
        } else {
            split_units(whole.units(),
                        [&](std::size_t i, auto part) { parts[i] = Amount::from_units(part); });
        }
    }

    /// whole * units / sum in double; large amounts are scaled by a power of two, which is exact,
    /// so that the product cannot overflow.
    template <std::floating_point Amount>
    static constexpr Amount floating_part(Amount whole, std::uint64_t units, double sum) {
        auto const amount = static_cast<double>(whole);
        bool const large = amount > power_of_two(900) || amount < -power_of_two(900);
        auto const part =
            (large ? amount * power_of_two(-64) : amount) * static_cast<double>(units) / sum;
        return static_cast<Amount>(large ? part * power_of_two(64) : part);
    }

  private:
    template <std::integral Units, class Store>
    constexpr void split_units(Units whole, Store store) {
        bool const negative = whole < 0;
        auto const magnitude = magnitude_of(whole);
        quotas_.assign(units_.size(), {});
        for (std::size_t i = 0; i < units_.size(); ++i)
            quotas_[i] = divide(uint128{magnitude} * units_[i], sum_);
        hand_out(magnitude, std::span{quotas_}, chosen_);
        for (std::size_t i = 0; i < units_.size(); ++i)
            store(i, with_sign<Units>(quotas_[i].floor, negative));
    }

    std::vector<std::uint64_t> units_;
    uint128 sum_ = 0;
    double real_sum_ = 0;
    std::vector<quota> quotas_;
    std::vector<std::size_t> chosen_;
};

}  // namespace detail

/// Splits an amount in proportion to weights, so that the parts add up to it exactly.
///
/// Shape:      n weights -> n parts, in their order.
/// Units:      integers and unit amounts are split into whole units by the largest-remainder
///             method: every quota is rounded down, and the units left over go to the largest
///             remainders, ties to the earlier weight; |part - quota| < 1 unit. Floating-point
///             amounts are split by share as they are. Weights are read with a resolution of 2^-61
///             of the largest.
/// Edges:      exact at the limits of 64-bit integers; a negative amount mirrors the positive one;
///             amount 0 gives parts of 0.
/// Errors:     std::domain_error if a weight is negative, NaN or infinite, or a floating amount is
///             not finite; std::invalid_argument if no weight is positive, or `parts` differs in
///             length from `weights`.
/// Complexity: O(n) on average, allocates scratch.
/// Source:     Hamilton's method; Balinski & Young, 1982, "Fair Representation", ch. 2.
template <amount Amount>
constexpr void allocate(Amount whole, std::span<double const> shares, std::span<Amount> parts) {
    if (shares.size() != parts.size())
        throw std::invalid_argument{"allocate: there must be as many parts as weights"};
    for (std::size_t i = 0; i < shares.size(); ++i)
        if (!(shares[i] >= 0) || !detail::is_finite(shares[i]))
            throw std::domain_error{"allocate: weight " + std::to_string(i) +
                                    " is negative or not finite"};
    if constexpr (std::floating_point<Amount>)
        if (!detail::is_finite(static_cast<double>(whole)))
            throw std::domain_error{"allocate: the amount is not finite"};
    detail::splitter work;
    if (!work.weigh(shares))
        throw std::invalid_argument{"allocate: no weight is positive, so the amount has nowhere to "
                                    "go"};
    work.split(whole, parts);
}

/// As above, into a new vector.
template <amount Amount>
[[nodiscard]] constexpr std::vector<Amount> allocate(Amount whole, std::span<double const> shares) {
    std::vector<Amount> parts(shares.size(), Amount{});
    allocate(whole, shares, std::span{parts});
    return parts;
}

}  // namespace attribution
