// SPDX-License-Identifier: BSL-1.0
#include <support/instant.hpp>

#include <fmt/format.h>

#include <utility>

namespace examples {

void append_time(std::string& text, instant time) {
    auto const whole = date::floor<std::chrono::seconds>(time);
    auto const day = date::floor<date::days>(whole);
    date::year_month_day const date{day};
    auto const second = static_cast<unsigned>((whole - day).count());
    auto const year = static_cast<int>(date.year());
    if (year < 0 || year > 9999)
        text += year < 0 ? fmt::format("{:05}", year) : fmt::format("{}", year);
    else
        for (auto const unit : {1000, 100, 10, 1})
            text += static_cast<char>('0' + year / unit % 10);
    for (auto const& [mark, number] : {std::pair{'-', static_cast<unsigned>(date.month())},
                                       {'-', static_cast<unsigned>(date.day())},
                                       {'T', second / 3600},
                                       {':', second / 60 % 60},
                                       {':', second % 60}}) {
        text += mark;
        text += static_cast<char>('0' + number / 10);
        text += static_cast<char>('0' + number % 10);
    }
    if (auto const part = (time - whole).count(); part != 0)
        text += format_decimal(part, 6, decimal_style::shortest).substr(1);
    text += 'Z';
}

std::string time_text(instant time) {
    std::string text;
    text.reserve(sizeof "2024-05-01T10:00:00.123456Z");
    append_time(text, time);
    return text;
}

}  // namespace examples
