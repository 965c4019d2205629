// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/prefetch.hpp>
#include <attribution/engine/records/borrowed_rows.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>

#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

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

    /// Is a key read without calling anything of the user's?
    static constexpr bool reads_keys_in_place =
        detail::reads_in_place<Key> && detail::can_prefetch<Key, reference>;

  private:
    detail::rows<Range> rows_;
    [[no_unique_address]] Key key_;
    [[no_unique_address]] Time time_;
};

}  // namespace attribution
