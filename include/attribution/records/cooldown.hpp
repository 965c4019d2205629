// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/records/once_per.hpp>

#include <stdexcept>

namespace attribution::inline v0_1 {

/// A conversion up to `length` after the customer's last conversion that counted does not count: an
/// app that is installed again within 90 days is no new install. See `counted`.
///
/// Units:      a chrono duration for time points, a number for times that are numbers.
/// Edges:      what does not count does not prolong the cooldown. Conversions at one instant, such as
///             the items of an order, are not before each other: all of them count, or none. At
///             exactly `length` it does not count yet.
/// Errors:     std::invalid_argument if the length is negative.
/// Example:    examples/recipes/installed_again.cpp
template <class Length>
[[nodiscard]] constexpr auto cooldown(Length length) {
    if (!(length >= Length{}))
        throw std::invalid_argument{"cooldown: the length must not be negative"};
    return once_per_rule<detail::all_alike, Length>{{}, length};
}

}  // namespace attribution
