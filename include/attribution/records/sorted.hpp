// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// Records that are promised to be in order. Made by `sorted`.
template <class Records>
class sorted_records : public Records {
  public:
    constexpr explicit sorted_records(Records promised) : Records(std::move(promised)) {}
};

namespace detail {

template <class Records>
inline constexpr bool is_touchpoint_records<sorted_records<Records>> =
    is_touchpoint_records<Records>;
template <class Records>
inline constexpr bool is_conversion_records<sorted_records<Records>> =
    is_conversion_records<Records>;

template <class T>
inline constexpr bool is_sorted_records = false;
template <class Records>
inline constexpr bool is_sorted_records<sorted_records<Records>> = true;

}  // namespace detail

/// The first row that breaks the order (key, time) with the row before it, if there is one.
///
/// Edges:      missing keys come first; rows with equal keys and times are in order.
/// Complexity: O(n).
template <class Records>
    requires detail::is_touchpoint_records<Records> || detail::is_conversion_records<Records>
[[nodiscard]] constexpr std::optional<std::size_t> first_unsorted(Records const& records) {
    for (std::size_t row = 1; row < records.size(); ++row) {
        decltype(auto) before = records.key(row - 1);
        decltype(auto) key = records.key(row);
        bool const was_missing = detail::is_missing(before);
        bool const missing = detail::is_missing(key);
        auto const less = [](auto const& a, auto const& b) {
            return detail::compared_form(detail::value_in(a)) <
                   detail::compared_form(detail::value_in(b));
        };
        bool const later = !missing && (was_missing || less(before, key));
        bool const earlier = !was_missing && (missing || less(key, before));
        if (earlier || (!later && records.time(row) < records.time(row - 1)))
            return row;
    }
    return std::nullopt;
}

// NDEBUG decides which of the two a file calls. Their names differ, so that files with and without
// NDEBUG may be linked together.
#ifdef NDEBUG
inline namespace trusting {
inline constexpr bool looks_at_order = false;
#else
inline namespace looking {
inline constexpr bool looks_at_order = true;
#endif

/// Promises that the records are in the order (key, time). When both sides are, `join` needs
/// neither memory nor time, and attribution walks along both.
///
/// Shape:      `sorted(touchpoints(...))`, `sorted(conversions(...))`; the result is used as
///             before.
/// Edges:      both sides must be ordered by the same `<`; missing keys come first. Records with
///             equal keys and times may stand in any order: the order of their rows counts. If only
///             one side is sorted, the promise has no effect.
/// Errors:     std::invalid_argument that names the first row out of order, but only in debug
///             builds (without NDEBUG) and constant expressions; `first_unsorted` looks in any
///             build. A broken promise gives wrong credits, never undefined behaviour.
/// Complexity: O(1) with NDEBUG, otherwise O(n).
/// Example:    examples/recipes/sorted_and_parallel.cpp
template <class Records>
[[nodiscard]] constexpr auto sorted(Records records) {
    static_assert(detail::is_touchpoint_records<Records> || detail::is_conversion_records<Records>,
                  "attribution: sorted() takes what touchpoints(...) or conversions(...) made");
    static_assert(std::totally_ordered<detail::value_type_in<typename Records::key_type>>,
                  "attribution: sorted() needs keys that can be ordered with <");
    if (looks_at_order || std::is_constant_evaluated())
        if (auto const row = attribution::first_unsorted(records))
            throw std::invalid_argument{"sorted: row " + std::to_string(*row) +
                                        " comes before row " + std::to_string(*row - 1) +
                                        " in the order (key, time); sort the records, or pass them "
                                        "without sorted()"};
    return sorted_records<Records>{std::move(records)};
}

}  // namespace trusting or looking

}  // namespace attribution
