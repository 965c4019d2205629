// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/parse.hpp>

#include <date/date.h>

#include <algorithm>
#include <string_view>

namespace examples {

/// A day, written exactly as in "2018-05-31", or as in "31-05-2018": spreadsheets turn the one into
/// the other. Day and month are never guessed from their size: with the year last, the day is first.
[[nodiscard]] inline date::sys_days day_of(csv_field const& field) {
    auto const text = field.text;
    auto const fits = [text](std::string_view shape) {
        return std::ranges::equal(
            text, shape, [](char c, char s) { return s == '0' ? detail::is_digit(c) : c == s; });
    };
    auto const number = [text](std::size_t from, std::size_t size) {
        unsigned value = 0;
        for (char const c : text.substr(from, size))
            value = value * 10 + static_cast<unsigned>(c - '0');
        return value;
    };
    auto const year_first = fits("0000-00-00");
    if (!year_first && !fits("00-00-0000"))
        detail::reject(field, "is not a day, write it like 2018-05-31 or 31-05-2018");
    auto const day = date::year{static_cast<int>(number(year_first ? 0 : 6, 4))} /
                     date::month{number(year_first ? 5 : 3, 2)} /
                     date::day{number(year_first ? 8 : 0, 2)};
    if (!day.ok())
        detail::reject(field, "is a day that does not exist, correct it");
    return day;
}

}  // namespace examples
