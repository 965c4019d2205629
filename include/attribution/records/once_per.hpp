// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/records/counted_before.hpp>

#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// Says which conversions do not count because an alike one of the same customer counted before;
/// made by `once_per` and `cooldown`, for `counted`.
template <class Projection, class Length>
struct once_per_rule {
    /// Are conversions at one instant all or none? Otherwise the first of them is before the others.
    static constexpr bool whole_instants = std::is_same_v<Projection, detail::all_alike>;
    using projection_type = Projection;
    using length_type = Length;

    [[no_unique_address]] Projection projection;
    [[no_unique_address]] Length length;

    constexpr once_per_rule(Projection p, Length l) : projection(std::move(p)), length(l) {}

    [[nodiscard]] static constexpr std::string_view name() {
        return whole_instants ? "cooldown" : "once per";
    }
};

namespace detail {

template <class T>
inline constexpr bool is_counting_rule = false;
template <class Projection, class Length>
inline constexpr bool is_counting_rule<once_per_rule<Projection, Length>> = true;

}  // namespace detail

/// Of a customer's conversions with equal values of a projection, only the first counts: one goal per
/// session, one lead per campaign, one order per id. See `counted`.
///
/// Forms:      `once_per(projection)`; with `once_per(projection, length)`, a value counts again when
///             more than `length` has passed since it counted.
/// Units:      a chrono duration for time points, a number for times that are numbers.
/// Edges:      the first is the first in the order (time, row), in a stream (time, id). A missing
///             value (an empty std::optional, a NaN, a null pointer) equals nothing. Text is compared
///             by its characters. Other customers do not matter: for ids, see `without_repeats`.
/// Errors:     std::invalid_argument if the length is negative.
/// Example:    examples/recipes/once_per_visit.cpp
template <class Projection>
[[nodiscard]] constexpr auto once_per(Projection projection) {
    return once_per_rule<Projection, detail::without_end>{std::move(projection), {}};
}
template <class Projection, class Length>
[[nodiscard]] constexpr auto once_per(Projection projection, Length length) {
    if (!(length >= Length{}))
        throw std::invalid_argument{"once_per: the length must not be negative"};
    return once_per_rule<Projection, Length>{std::move(projection), length};
}

}  // namespace attribution
