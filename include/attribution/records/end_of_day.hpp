// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/project.hpp>

#include <date/date.h>

#include <chrono>
#include <concepts>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// A projection to the last instant of a day; made by `end_of_day`.
template <class Projection, class Precision>
class end_of_day_projection {
  public:
    constexpr explicit end_of_day_projection(Projection projection)
        : projection_(std::move(projection)) {}

    template <class Record>
        requires std::invocable<Projection const&, Record>
    constexpr auto operator()(Record&& record) const {
        return last_of(detail::project(projection_, std::forward<Record>(record)));
    }

  private:
    template <class Clock, class Duration>
    static constexpr auto last_of(std::chrono::time_point<Clock, Duration> at) {
        using time = std::chrono::time_point<Clock, Precision>;
        using day = std::chrono::time_point<Clock, date::days>;
        auto const own_day =
            detail::nearest_instant<day, detail::nearest::not_after>(at).value_or(day::min());
        if (own_day == day::max())
            return time::max();
        auto const next =
            detail::nearest_instant<time, detail::nearest::not_before>(own_day + date::days{1});
        return next ? detail::instant_ahead_of(*next) : time::max();
    }
    static constexpr auto last_of(date::year_month_day day) { return last_of(date::sys_days{day}); }

    [[no_unique_address]] Projection projection_;
};

/// Reads the last instant of the day that a record names: for conversions that have only a date,
/// while touchpoints have a time of day.
///
/// A date by itself means its midnight, and by default nothing after the conversion counts: every
/// click on the day of the order would come too late. With `end_of_day`, all of them come before
/// the order.
///
/// Shape:      `conversions(book, &order::user, end_of_day(&order::date), &order::cents)`; the
///             projection gives a time point of any precision, or a `date::year_month_day`.
/// Units:      the day's last tick of `Precision`, which should be that of the touchpoints:
///             `end_of_day<std::chrono::nanoseconds>(...)`. Days are those of the time point's own
///             clock: convert touchpoints to the calendar in which the dates were written.
/// Edges:      a day outside the range of `Precision` gives the first or last instant of that
///             range.
/// Example:    examples/recipes/orders_by_date.cpp
template <class Precision = std::chrono::microseconds, class Projection>
[[nodiscard]] constexpr auto end_of_day(Projection projection) {
    static_assert(std::integral<typename Precision::rep>,
                  "attribution: end_of_day() needs a precision in whole numbers");
    return end_of_day_projection<Projection, Precision>{std::move(projection)};
}

}  // namespace attribution
