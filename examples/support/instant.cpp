// SPDX-License-Identifier: BSL-1.0
#include <support/instant.hpp>

#include <fmt/compile.h>
#include <fmt/format.h>

namespace examples {

std::string time_text(instant time) {
    auto const whole = date::floor<std::chrono::seconds>(time);
    auto const day = date::floor<date::days>(whole);
    date::year_month_day const date{day};
    date::hh_mm_ss const clock{whole - day};
    auto const year = static_cast<int>(date.year());
    auto text =
        fmt::format(FMT_COMPILE("{}{:04}-{:02}-{:02}T{:02}:{:02}:{:02}"), year < 0 ? "-" : "",
                    year < 0 ? -year : year, static_cast<unsigned>(date.month()),
                    static_cast<unsigned>(date.day()), clock.hours().count(),
                    clock.minutes().count(), clock.seconds().count());
    if (auto const part = (time - whole).count(); part != 0)
        text += format_decimal(part, 6, decimal_style::shortest).substr(1);
    return text += 'Z';
}

}  // namespace examples
