// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>

namespace attribution::inline v0_1::detail {

/// The whole number that an amount of units is made of.
template <class Amount>
struct units_of {
    using type = Amount;
    static constexpr Amount count(Amount whole) { return whole; }
    static constexpr Amount make(Amount units) { return units; }
};
template <unit_amount Amount>
struct units_of<Amount> {
    using type = typename Amount::units_type;
    static constexpr type count(Amount const& whole) { return whole.units(); }
    static constexpr Amount make(type units) { return Amount::from_units(units); }
};

}  // namespace attribution::detail
