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
///
/// Edges: years have four digits or more, and a minus in front of those before year 0. Otherwise this is
///        what date::format writes, at a small part of its cost: reports write millions of times.
[[nodiscard]] std::string time_text(instant time);
/// Appends the same.
void append_time(std::string& text, instant time);

}  // namespace examples
