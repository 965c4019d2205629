// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/instant.hpp>

#include <date/date.h>
#include <date/tz.h>

#include <string>

/// Calendar months where people live, not in UTC. Whoever includes this links date::date-tz.
namespace examples {

/// The day on which people of that zone say that it happened.
///
/// Edges:  days of 23 and 25 hours are days; what happens in the hour that is there twice is on its day.
[[nodiscard]] inline date::year_month_day day_in(instant at, date::time_zone const& zone) {
    return date::year_month_day{date::floor<date::days>(zone.to_local(at))};
}

/// The month of that day.
[[nodiscard]] inline date::year_month month_in(instant at, date::time_zone const& zone) {
    auto const day = day_in(at, zone);
    return day.year() / day.month();
}

[[nodiscard]] inline date::year_month month_of_day(date::sys_days day) {
    auto const ymd = date::year_month_day{day};
    return ymd.year() / ymd.month();
}

[[nodiscard]] inline date::sys_days first_day(date::year_month month) {
    return date::sys_days{month / 1};
}

/// The 28th to the 31st.
[[nodiscard]] inline date::sys_days last_day(date::year_month month) {
    return date::sys_days{month / date::last};
}

/// 2024-05
[[nodiscard]] inline std::string month_text(date::year_month month) {
    return date::format("%Y-%m", first_day(month));
}

/// 2024-05-31
[[nodiscard]] inline std::string day_text(date::sys_days day) {
    return date::format("%F", day);
}

}  // namespace examples
