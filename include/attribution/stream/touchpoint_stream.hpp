// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/stream/stream_records.hpp>

#include <utility>

namespace attribution::inline v0_1 {

template <class Record, class Key, class Time, class Id>
class touchpoint_stream_records : public stream_records<Record, Key, Time, Id> {
  public:
    using stream_records<Record, Key, Time, Id>::stream_records;
};

namespace detail {

template <class T>
inline constexpr bool is_touchpoint_stream = false;
template <class R, class K, class T, class I>
inline constexpr bool is_touchpoint_stream<touchpoint_stream_records<R, K, T, I>> = true;

}  // namespace detail

/// Says how to read the key, the time and the id of touchpoints that will come one by one.
///
/// Shape:      `touchpoint_stream<touch>(&touch::user, &touch::at, &touch::id)`.
/// Edges:      the key may be a std::optional. An id names one record for good: a record with the
///             same key, time and id as an earlier one is the same record. Records at one instant
///             are in the order of their ids, whichever came first. A missing id (an empty
///             std::optional, a null pointer to text, a NaN) equals nothing: a record with a
///             missing id is never a duplicate. At one instant, such records stand before the
///             others, in the order of arrival.
template <class Record, class Key, class Time, class Id>
[[nodiscard]] constexpr auto touchpoint_stream(Key key, Time time, Id id) {
    detail::check_stream<Record, Key, Time, Id>();
    return touchpoint_stream_records<Record, Key, Time, Id>{std::move(key), std::move(time),
                                                            std::move(id)};
}

}  // namespace attribution
