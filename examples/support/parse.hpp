// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/csv.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

/// Conversions of CSV fields. Each takes the whole field or throws an input_error that names the
/// file, the line, the column, the text and the form that was expected. None rounds, trims or
/// depends on a locale.
namespace examples {

/// Empty, `null` or `NULL`: what exports write where there is nothing.
[[nodiscard]] inline bool missing(csv_field const& field) {
    return field.text.empty() || field.text == "null" || field.text == "NULL";
}

namespace detail {

[[noreturn]] inline void reject(csv_field const& field, std::string_view what) {
    throw input_error{field.where, fmt::format("{} {}", in_quotes(field.text), what)};
}

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// The text as a decimal number times 10^digits, for the functions below.
[[nodiscard]] inline std::int64_t scaled(csv_field const& field, std::string_view text, int digits,
                                         std::string_view expected) {
    auto const negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    auto const dot = text.find('.');
    auto const whole = text.substr(0, dot);
    auto fraction = dot == text.npos ? std::string_view{} : text.substr(dot + 1);
    if (!all_digits(whole) || (dot != text.npos && !all_digits(fraction)))
        reject(field, expected);
    while (fraction.ends_with('0'))
        fraction.remove_suffix(1);
    auto const decimals = static_cast<std::size_t>(digits);
    if (fraction.size() > decimals)
        reject(field, fmt::format("has more than {} decimals, round it in the source", digits));

    auto const limit = std::uint64_t{std::numeric_limits<std::int64_t>::max()} + (negative ? 1 : 0);
    auto magnitude = std::uint64_t{0};
    auto const append = [&](char c) {
        auto const digit = static_cast<std::uint64_t>(c - '0');
        if (magnitude > (limit - digit) / 10)
            reject(field, fmt::format("does not fit in 64 bits with {} decimals, look for a "
                                      "misplaced decimal point",
                                      digits));
        magnitude = magnitude * 10 + digit;
    };
    std::ranges::for_each(whole, append);
    std::ranges::for_each(fraction, append);
    for (auto i = fraction.size(); i < decimals; ++i)
        append('0');
    return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
}

}  // namespace detail

/// Exact: "15764.33121" with 9 digits is 15764331210000. A sign is fine, an exponent or thousands
/// separators are not; more decimals than `digits` only if the others are zeros.
[[nodiscard]] inline std::int64_t decimal(csv_field const& field, int digits) {
    return detail::scaled(field, field.text, digits,
                          "is not a decimal number, write it like -1234.5");
}

/// A whole number, not negative.
[[nodiscard]] inline std::int64_t count(csv_field const& field) {
    constexpr std::string_view expected = "is not a count, write it like 42";
    if (!detail::all_digits(field.text))
        detail::reject(field, expected);
    return detail::scaled(field, field.text, 0, expected);
}

/// The length of a call, written as in "431.0 seconds". In milliseconds, so that nothing is lost;
/// finer fractions are refused.
[[nodiscard]] inline std::chrono::milliseconds seconds_of(csv_field const& field) {
    constexpr std::string_view unit = " seconds";
    constexpr std::string_view expected = "is not a duration, write it like 431.0 seconds";
    if (!field.text.ends_with(unit) || !detail::is_digit(field.text.front()))
        detail::reject(field, expected);
    auto const number = field.text.substr(0, field.text.size() - unit.size());
    return std::chrono::milliseconds{detail::scaled(field, number, 3, expected)};
}

/// Seconds since 1970 as a whole number, up to the end of the year 9999: a later time is a mistake
/// of unit, such as milliseconds.
[[nodiscard]] inline date::sys_seconds unix_seconds(csv_field const& field) {
    using namespace date::literals;
    constexpr std::string_view expected =
        "is not a time in whole seconds since 1970, write it like 1750000000";
    if (!detail::all_digits(field.text))
        detail::reject(field, expected);
    auto const time =
        date::sys_seconds{std::chrono::seconds{detail::scaled(field, field.text, 0, expected)}};
    if (time >= date::sys_days{10000_y / 1 / 1})
        detail::reject(field, "is after the year 9999, write seconds, not milliseconds");
    return time;
}

/// A time in UTC, written exactly as in "2021-12-31T23:59:59Z". There is no leap second.
[[nodiscard]] inline date::sys_seconds iso_seconds(csv_field const& field) {
    constexpr std::string_view shape = "0000-00-00T00:00:00Z";
    auto const text = field.text;
    auto const fits = [](char c, char s) { return s == '0' ? detail::is_digit(c) : c == s; };
    if (!std::ranges::equal(text, shape, fits))
        detail::reject(field, "is not a time in UTC, write it like 2021-12-31T23:59:59Z");
    auto const number = [&](std::size_t from, std::size_t size) {
        int value = 0;
        for (char const c : text.substr(from, size))
            value = value * 10 + (c - '0');
        return value;
    };
    auto const day = date::year{number(0, 4)} / number(5, 2) / number(8, 2);
    auto const hour = number(11, 2);
    auto const minute = number(14, 2);
    auto const second = number(17, 2);
    if (!day.ok() || hour > 23 || minute > 59 || second > 59)
        detail::reject(field, "is a day or a time of day that does not exist, correct it");
    return date::sys_days{day} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

/// A month, written exactly as in "2021-12".
[[nodiscard]] inline date::year_month iso_month(csv_field const& field) {
    constexpr std::string_view shape = "0000-00";
    auto const text = field.text;
    auto const fits = [](char c, char s) { return s == '0' ? detail::is_digit(c) : c == s; };
    auto const number = [&](std::size_t from, std::size_t size) {
        int value = 0;
        for (char const c : text.substr(from, size))
            value = value * 10 + (c - '0');
        return value;
    };
    if (!std::ranges::equal(text, shape, fits) || number(5, 2) < 1 || number(5, 2) > 12)
        detail::reject(field, "is not a month, write it like 2021-12");
    return date::year{number(0, 4)} / date::month{static_cast<unsigned>(number(5, 2))};
}

}  // namespace examples
