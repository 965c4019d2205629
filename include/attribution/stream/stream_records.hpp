// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/records/record_checks.hpp>
#include <attribution/engine/stream/stream_ids.hpp>
#include <attribution/engine/values/project.hpp>

#include <concepts>
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

namespace detail {

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
    using id = std::remove_cvref_t<std::invoke_result_t<Id const&, Record const&>>;
    static_assert(
        !std::is_array_v<id>,
        "attribution: an id cannot be a C array, whose text may end before the array does; "
        "make it a std::string_view in the projection");
    static_assert(
        std::totally_ordered<id>,
        "attribution: ids must be ordered by <: records of one instant stand in the order of their "
        "ids");
    if constexpr (!reads_as_text<value_type_in<id>>)
        refuse_text_address<value_type_in<id>>();
}

}  // namespace detail

}  // namespace attribution
