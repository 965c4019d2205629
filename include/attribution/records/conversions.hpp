// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/prefetch.hpp>
#include <attribution/engine/records/record_checks.hpp>
#include <attribution/records/records.hpp>

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
    constexpr void prefetch_value([[maybe_unused]] std::size_t row) const {
        if constexpr (detail::can_prefetch<Value, typename conversion_records::reference>)
            detail::prefetch(value_, (*this)[row]);
    }

  private:
    [[no_unique_address]] Value value_;
};

namespace detail {

template <class T>
inline constexpr bool is_conversion_records = false;
template <class R, class K, class T, class V>
inline constexpr bool is_conversion_records<conversion_records<R, K, T, V>> = true;

}  // namespace detail

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
