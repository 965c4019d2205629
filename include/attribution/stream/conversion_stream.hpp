// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/records/record_checks.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/stream/stream_records.hpp>

#include <functional>
#include <span>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

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
inline constexpr bool is_conversion_stream = false;
template <class R, class K, class T, class I, class V>
inline constexpr bool is_conversion_stream<conversion_stream_records<R, K, T, I, V>> = true;

}  // namespace detail

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
