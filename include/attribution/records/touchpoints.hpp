// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/records/record_checks.hpp>
#include <attribution/records/records.hpp>

#include <utility>

namespace attribution::inline v0_1 {

/// What happened to a customer, or what the customer did. Made by `touchpoints`.
template <class Range, class Key, class Time>
class touchpoint_records : public records<Range, Key, Time> {
  public:
    using records<Range, Key, Time>::records;
};

namespace detail {

template <class T>
inline constexpr bool is_touchpoint_records = false;
template <class R, class K, class T>
inline constexpr bool is_touchpoint_records<touchpoint_records<R, K, T>> = true;

}  // namespace detail

/// Makes touchpoint records of `range` and says, once, how to read the key and the time of each.
///
/// Shape:      any forward range of records -> touchpoint records, rows 0 .. n-1.
/// Units:      any instant; the key may be a std::optional, empty where it is missing.
/// Edges:      an empty range is fine. Records need no order.
/// Errors:     a static_assert says what is wrong with an argument.
/// Complexity: O(1) for random access; otherwise one pass and an iterator per row.
template <class Range, class Key, class Time>
[[nodiscard]] constexpr auto touchpoints(Range&& range, Key key, Time time) {
    detail::check_range<Range>();
    detail::check_key<Range, Key>();
    detail::check_time<Range, Time>();
    return touchpoint_records<Range, Key, Time>(std::forward<Range>(range), std::move(key),
                                                std::move(time));
}

}  // namespace attribution
