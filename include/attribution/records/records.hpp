// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/prefetch.hpp>
#include <attribution/engine/records/borrowed_rows.hpp>
#include <attribution/engine/records/record_checks.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>

#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// Counts conversions that have no value: each is worth 1.0.
struct one_each {
    template <class Record>
    constexpr double operator()(Record&&) const {
        return 1.0;
    }
};

/// A range of the user's own records, and how to read a key and a time from each.
///
/// Made by `touchpoints` or `conversions`; *borrows* the container it was made from, which must
/// outlive it and every result that hands records back. Records are named by their row number: the
/// position in the range, from 0. Cheap to copy. A range without random access costs one iterator
/// per row.
template <class Range, class Key, class Time>
class records {
  public:
    using reference = decltype(std::declval<detail::rows<Range> const&>()[0]);
    using key_type = std::remove_cvref_t<std::invoke_result_t<Key const&, reference>>;
    using time_type = std::remove_cvref_t<std::invoke_result_t<Time const&, reference>>;

    constexpr records(Range&& range, Key key_of, Time time_of)
        : rows_{std::forward<Range>(range)}, key_(std::move(key_of)), time_(std::move(time_of)) {}

    [[nodiscard]] constexpr std::size_t size() const { return rows_.size(); }
    /// The user's record. A temporary whose view holds its records itself returns a copy.
    [[nodiscard]] constexpr reference operator[](std::size_t row) const& { return rows_[row]; }
    [[nodiscard]] constexpr auto operator[](std::size_t row) const&& -> std::conditional_t<
        detail::is_view<Range>, std::remove_cvref_t<reference>, reference> {
        return rows_[row];
    }

    [[nodiscard]] constexpr decltype(auto) key(std::size_t row) const& {
        return detail::project(key_, rows_[row]);
    }
    [[nodiscard]] constexpr key_type key(std::size_t row) const&& {
        return detail::project(key_, rows_[row]);
    }
    [[nodiscard]] constexpr time_type time(std::size_t row) const {
        return std::invoke(time_, rows_[row]);
    }

    /// Is the key of this row an empty std::optional, a pointer to nothing, or a NaN?
    [[nodiscard]] constexpr bool key_is_missing(std::size_t row) const {
        if constexpr (detail::may_be_missing<key_type>)
            return detail::is_missing(key(row));
        else
            return false;
    }

    /// Does what `key` returns stay valid as long as the records do?
    static constexpr bool has_stable_keys =
        std::is_lvalue_reference_v<reference> &&
        std::is_lvalue_reference_v<std::invoke_result_t<Key const&, reference>>;

  private:
    detail::rows<Range> rows_;
    [[no_unique_address]] Key key_;
    [[no_unique_address]] Time time_;
};

/// What happened to a customer, or what the customer did. Made by `touchpoints`.
template <class Range, class Key, class Time>
class touchpoint_records : public records<Range, Key, Time> {
  public:
    using records<Range, Key, Time>::records;
};

/// What is to be attributed. Made by `conversions`.
template <class Range, class Key, class Time, class Value>
class conversion_records : public records<Range, Key, Time> {
  public:
    using base = records<Range, Key, Time>;
    using value_type =
        std::remove_cvref_t<std::invoke_result_t<Value const&, typename base::reference>>;

    constexpr conversion_records(Range&& range, Key key_of, Time time_of, Value value_of)
        : base(std::forward<Range>(range), std::move(key_of), std::move(time_of)),
          value_(std::move(value_of)) {}

    [[nodiscard]] constexpr value_type value(std::size_t row) const {
        return std::invoke(value_, (*this)[row]);
    }

    /// Tells the processor that the value of this row will be read soon.
    constexpr void prefetch_value(std::size_t row) const { detail::prefetch(value_, (*this)[row]); }

  private:
    [[no_unique_address]] Value value_;
};

namespace detail {

template <class T>
inline constexpr bool is_touchpoint_records = false;
template <class R, class K, class T>
inline constexpr bool is_touchpoint_records<touchpoint_records<R, K, T>> = true;

template <class T>
inline constexpr bool is_conversion_records = false;
template <class R, class K, class T, class V>
inline constexpr bool is_conversion_records<conversion_records<R, K, T, V>> = true;

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

/// Makes conversion records of `range` and says, once, how to read the key, time and value of each.
///
/// Shape:      any forward range of records -> conversion records, rows 0 .. n-1.
/// Units:      any instant; values are integers (minor units), floating-point numbers or `money`.
///             Without a value, each conversion counts 1.0.
/// Edges:      values may be zero or negative (a refund).
/// Errors:     a static_assert says what is wrong with an argument.
/// Complexity: as `touchpoints`.
template <class Range, class Key, class Time, class Value = one_each>
[[nodiscard]] constexpr auto conversions(Range&& range, Key key, Time time, Value value = {}) {
    detail::check_range<Range>();
    detail::check_key<Range, Key>();
    detail::check_time<Range, Time>();
    detail::check_value<Range, Value>();
    return conversion_records<Range, Key, Time, Value>(std::forward<Range>(range), std::move(key),
                                                       std::move(time), std::move(value));
}

}  // namespace attribution
