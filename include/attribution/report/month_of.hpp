// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>

#include <date/date.h>

#include <concepts>
#include <functional>
#include <stdexcept>
#include <utility>

namespace attribution::inline v0_1 {

/// The calendar month (UTC) of a projected time: `month_of(&touch::at)` is a date::year_month.
///
/// Errors:     std::domain_error for a time that is a NaN or lies beyond the calendar, which ends
///             with the year 32767; in a report the error names the row.
template <class Projection>
class month_of {
  public:
    static constexpr bool refuses_times = true;

    constexpr explicit month_of(Projection at) : at_(std::move(at)) {}

    template <class Record>
        requires std::invocable<Projection const&, Record const&>
    constexpr date::year_month operator()(Record const& record) const {
        auto const at = std::invoke(at_, record);
        using days = decltype(date::floor<date::days>(at));
        constexpr days first{date::year::min() / 1 / 1};
        constexpr days last{date::year::max() / 12 / 31};
        auto const day = detail::whole_units<date::days::period>(at);
        if (day < first.time_since_epoch().count() || day > last.time_since_epoch().count())
            throw std::domain_error{"month_of: a time is beyond the years of the calendar; look "
                                    "for milliseconds that were taken for seconds"};
        date::year_month_day const on{days{date::days{static_cast<int>(day)}}};
        return on.year() / on.month();
    }

  private:
    [[no_unique_address]] Projection at_;
};

}  // namespace attribution
