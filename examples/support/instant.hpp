// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/money_text.hpp>

#include <date/date.h>

#include <chrono>
#include <string>

namespace examples {

/// A time in UTC, as fine as exports have it.
using instant = date::sys_time<std::chrono::microseconds>;

/// 2024-05-01T10:00:00Z, and 2024-05-01T10:00:00.25Z where there are parts of a second.
[[nodiscard]] inline std::string time_text(instant time) {
    auto const whole = date::floor<std::chrono::seconds>(time);
    auto text = date::format("%FT%T", whole);
    if (auto const part = (time - whole).count(); part != 0)
        text += format_decimal(part, 6, decimal_style::shortest).substr(1);
    return text + 'Z';
}

}  // namespace examples
