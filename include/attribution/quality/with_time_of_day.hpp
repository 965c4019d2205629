// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/joined_checks.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/join.hpp>
#include <attribution/quality/rule.hpp>

#include <date/date.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Conversions have a time of day if touchpoints do. A conversion that has only a date counts as
/// midnight; all touchpoints of that day then come after it, and by default nothing after the
/// conversion counts. `end_of_day` corrects this.
///
/// A rule about the conversions' range; severity warning. A conversion breaks it if it happened at
/// midnight on its clock and a touchpoint of its key came later on that day.
///
/// Units:      a day of the clock. If times are numbers, the length of a day must be given:
///             `with_time_of_day("time", joined, 86'400)`.
/// Errors:     std::invalid_argument if the day is not positive, and as `inside_some_window`.
/// Complexity: as `inside_some_window`.
template <class Conversions, class Touchpoints, class Length = date::days>
[[nodiscard]] auto with_time_of_day(std::string_view subject,
                                    journeys<Conversions, Touchpoints> const& joined,
                                    Length day = Length{1}) {
    using time = typename journeys<Conversions, Touchpoints>::time_type;
    static_assert(detail::length_on<Length, time>,
                  "attribution: with_time_of_day() must be told the length of a day where times "
                  "are numbers");
    if (!(day > Length{}))
        throw std::invalid_argument{"with_time_of_day: the day must be positive"};
    std::vector<std::size_t> dated;
    for (std::size_t row = 0; row < joined.conversions().size(); ++row) {
        auto const at = joined.anchor_of(row).at();
        if (!detail::divides(day, at))
            continue;
        bool any = false;
        joined.for_each_candidate(row, [&](auto const& touch) {
            any |= at < touch.at && detail::distance(at, touch.at) < day;
        });
        if (any)
            dated.push_back(row);
    }
    return basic_rule{detail::rule_name("with_time_of_day", subject), severity::warning,
                      std::string{subject} +
                          " is a date alone, so that touchpoints of that day come after it",
                      detail::marked_rows_check{std::move(dated), joined.conversions().size()}};
}

}  // namespace attribution
