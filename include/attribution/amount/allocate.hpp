// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/amount/splitter.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1 {

/// Splits an amount, see `allocate`.
struct allocate_fn {
    /// Splits an amount in proportion to weights, so that the parts add up to it exactly.
    ///
    /// Shape:      n weights -> n parts, in their order.
    /// Units:      integers and unit amounts are split into whole units by the largest-remainder
    ///             method: every quota is rounded down, and the units left over go to the largest
    ///             remainders, ties to the earlier weight; |part - quota| < 1 unit. Floating-point
    ///             amounts are split by share, without rounding to units. Weights are read with a
    ///             resolution of 2^-61 of the largest.
    /// Ties:       of n equal remainders, number `first_of_ties` modulo n is the first to get a unit
    ///             left over, then the next ones. A number drawn anew for each amount is fair to all;
    ///             see `fair_ties` for models.
    /// Edges:      exact at the limits of 64-bit integers; a negative amount mirrors the positive one;
    ///             amount 0 gives parts of 0.
    /// Errors:     std::domain_error if a weight is negative, NaN or infinite, or a floating amount is
    ///             not finite; std::invalid_argument if no weight is positive, or `parts` differs in
    ///             length from `shares`.
    /// Complexity: O(n) on average, allocates scratch.
    /// Source:     Hamilton's method; Balinski & Young, 1982, "Fair Representation", ch. 2.
    template <amount Amount>
    constexpr void operator()(Amount whole, std::span<double const> shares,
                              std::span<std::type_identity_t<Amount>> parts,
                              std::uint64_t first_of_ties = 0) const {
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
            throw std::invalid_argument{
                "allocate: no weight is positive, so the amount has nowhere to go"};
        work.split(whole, parts, first_of_ties);
    }

    /// As above, into a new vector.
    template <amount Amount>
    [[nodiscard]] constexpr std::vector<Amount> operator()(Amount whole,
                                                           std::span<double const> shares,
                                                           std::uint64_t first_of_ties = 0) const {
        std::vector<Amount> parts(shares.size(), Amount{});
        (*this)(whole, shares, parts, first_of_ties);
        return parts;
    }
};

/// Splits an amount so that the parts add up to it. The arguments are those of `allocate_fn`.
inline constexpr allocate_fn allocate{};

}  // namespace attribution
