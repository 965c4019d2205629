// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <concepts>
#include <limits>

namespace attribution::inline v0_1::detail {

/// What is left of a sum, exactly, after its parts were taken away.
template <amount Amount>
class balance {
  public:
    constexpr void add(Amount const& one) { sum_.add(one); }
    constexpr void subtract(Amount const& one) {
        if constexpr (std::floating_point<Amount>)
            sum_.add(-one);
        else
            sum_.add_units(-int128{units_of<Amount>::count(one)});
    }

    /// Floating parts are not rounded to units: each is off by one or two roundings of a whole of
    /// that size.
    [[nodiscard]] constexpr bool is_even(double size) const {
        if constexpr (std::floating_point<Amount>) {
            auto const off = sum_.sum().value();
            return (off < 0 ? -off : off) <= rounding_of<Amount>(size);
        } else {
            return sum_.is_zero();
        }
    }

    /// The amount. If its type cannot hold it, such as a negative amount in an unsigned type, it is
    /// the nearest limit of the type.
    [[nodiscard]] constexpr Amount amount() const {
        using units = units_of<Amount>;
        if constexpr (std::floating_point<Amount>) {
            constexpr double most = std::numeric_limits<Amount>::max();
            return static_cast<Amount>(std::clamp(sum_.sum().value(), -most, most));
        } else {
            return units::make(saturate<typename units::type>(sum_.sum()));
        }
    }

  private:
    running_total<Amount> sum_;
};

template <amount Amount>
constexpr double size_of(Amount const& one) {
    if constexpr (std::floating_point<Amount>)
        return static_cast<double>(one < 0 ? -one : one);
    else
        return 0;
}

}  // namespace attribution::detail
