// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/wide_integer.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <stdexcept>

namespace attribution::inline v0_1 {

/// A whole number of a currency's smallest units (cents, or any finer scale you choose).
///
/// `Currency` is a tag type of your own. Adding or comparing amounts of different currencies does
/// not compile.
///
/// Edges:      the whole range of `Units`, negative amounts and zero included.
/// Errors:     std::overflow_error if a sum does not fit.
/// Example:    `struct usd {};  money<usd> price{1999};`
template <class Currency, std::signed_integral Units = std::int64_t>
class money {
  public:
    using currency = Currency;
    using units_type = Units;

    money() = default;
    constexpr explicit money(Units units) noexcept : units_{units} {}

    [[nodiscard]] constexpr Units units() const noexcept { return units_; }
    [[nodiscard]] static constexpr money from_units(Units units) noexcept { return money{units}; }

    friend constexpr bool operator==(money, money) = default;
    friend constexpr std::strong_ordering operator<=>(money, money) = default;

    friend constexpr money operator+(money a, money b) {
        return checked(detail::int128{a.units_} + b.units_);
    }
    friend constexpr money operator-(money a, money b) {
        return checked(detail::int128{a.units_} - b.units_);
    }
    friend constexpr money operator-(money a) { return checked(-detail::int128{a.units_}); }
    constexpr money& operator+=(money other) { return *this = *this + other; }
    constexpr money& operator-=(money other) { return *this = *this - other; }

  private:
    static constexpr money checked(detail::int128 units) {
        if (!detail::representable<Units>(units))
            throw std::overflow_error{"money: the result does not fit into its units; use a wider "
                                      "type or a coarser unit"};
        return money{static_cast<Units>(units)};
    }

    Units units_ = 0;
};

}  // namespace attribution
