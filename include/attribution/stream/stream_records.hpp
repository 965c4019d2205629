// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/stream/stream_ids.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/records/records.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <span>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// Records that come one by one, and how to read a key, a time and an id from each.
template <class Record, class Key, class Time, class Id>
class stream_records {
  public:
    using record_type = Record;
    using reference = Record const&;
    using key_type = std::remove_cvref_t<std::invoke_result_t<Key const&, reference>>;
    using time_type = std::remove_cvref_t<std::invoke_result_t<Time const&, reference>>;
    using id_type =
        detail::kept_id<std::remove_cvref_t<std::invoke_result_t<Id const&, reference>>>;

    constexpr stream_records(Key key_of, Time time_of, Id id_of)
        : key_(std::move(key_of)), time_(std::move(time_of)), id_(std::move(id_of)) {}

    [[nodiscard]] constexpr decltype(auto) key(reference record) const {
        return detail::project(key_, record);
    }
    [[nodiscard]] constexpr key_type key(Record const&& record) const {
        return detail::project(key_, record);
    }
    [[nodiscard]] constexpr time_type time(reference record) const {
        return std::invoke(time_, record);
    }
    [[nodiscard]] constexpr decltype(auto) id(reference record) const {
        return detail::project(id_, record);
    }
    [[nodiscard]] constexpr id_type id(Record const&& record) const {
        return id_type(detail::project(id_, record));
    }

  private:
    [[no_unique_address]] Key key_;
    [[no_unique_address]] Time time_;
    [[no_unique_address]] Id id_;
};

template <class Record, class Key, class Time, class Id>
class touchpoint_stream_records : public stream_records<Record, Key, Time, Id> {
  public:
    using stream_records<Record, Key, Time, Id>::stream_records;
};

template <class Record, class Key, class Time, class Id, class Value>
class conversion_stream_records : public stream_records<Record, Key, Time, Id> {
  public:
    using base = stream_records<Record, Key, Time, Id>;
    using value_type = std::remove_cvref_t<std::invoke_result_t<Value const&, Record const&>>;

    constexpr conversion_stream_records(Key key_of, Time time_of, Id id_of, Value value_of)
        : base(std::move(key_of), std::move(time_of), std::move(id_of)),
          value_(std::move(value_of)) {}

    [[nodiscard]] constexpr value_type value(Record const& record) const {
        return std::invoke(value_, record);
    }

  private:
    [[no_unique_address]] Value value_;
};

namespace detail {

template <class T>
inline constexpr bool is_touchpoint_stream = false;
template <class R, class K, class T, class I>
inline constexpr bool is_touchpoint_stream<touchpoint_stream_records<R, K, T, I>> = true;

template <class T>
inline constexpr bool is_conversion_stream = false;
template <class R, class K, class T, class I, class V>
inline constexpr bool is_conversion_stream<conversion_stream_records<R, K, T, I, V>> = true;

template <class Record, class Key, class Time, class Id>
constexpr void check_stream() {
    static_assert(std::copyable<Record>,
                  "attribution: a stream keeps copies of its records, so they must be copyable");
    using row = std::span<Record const>;
    check_key<row, Key>();
    check_time<row, Time>();
    static_assert(std::is_invocable_v<Id const&, Record const&>,
                  "attribution: the third argument must read an id off a record: a pointer to "
                  "member or a callable");
    static_assert(
        std::totally_ordered<std::remove_cvref_t<std::invoke_result_t<Id const&, Record const&>>>,
        "attribution: ids must be ordered by <: records of one instant stand in the order of their "
        "ids");
}

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

/// Says how to read the key, the time, the id and the value of conversions that will come one by
/// one.
///
/// Shape:      `conversion_stream<order>(&order::user, &order::at, &order::id, &order::cents)`.
/// Edges:      as `touchpoint_stream`. If the id alone names an order, whenever it is sent, add the
///             option `deduplicate_conversions(length)`.
template <class Record, class Key, class Time, class Id, class Value = one_each>
[[nodiscard]] constexpr auto conversion_stream(Key key, Time time, Id id, Value value = {}) {
    detail::check_stream<Record, Key, Time, Id>();
    detail::check_value<std::span<Record const>, Value>();
    return conversion_stream_records<Record, Key, Time, Id, Value>{std::move(key), std::move(time),
                                                                   std::move(id), std::move(value)};
}

}  // namespace attribution
