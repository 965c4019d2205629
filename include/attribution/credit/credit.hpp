// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>

#include <cstddef>

namespace attribution::inline v0_1 {

/// The row number that stands for "no touchpoint".
inline constexpr std::size_t no_row = static_cast<std::size_t>(-1);

/// What one touchpoint earned from one conversion; both are named by their row number.
///
/// A conversion that no touchpoint earned (none is eligible, or all weights are 0) has exactly
/// one credit, without a touchpoint, that carries the whole value: it is *unattributed*, not lost.
///
/// What a refund takes back is a credit too, with a share in [-1, 0]: see `take_back`. A credit
/// that was earned from a conversion therefore has a share above 0.
template <amount Amount>
struct credit {
    std::size_t conversion;
    std::size_t touchpoint;  // no_row if unattributed
    Amount amount;
    double share;  // of the conversion, in (0, 1]; in [-1, 0] for a refund

    [[nodiscard]] constexpr bool attributed() const noexcept { return touchpoint != no_row; }

    friend constexpr bool operator==(credit const&, credit const&) = default;
};

}  // namespace attribution
