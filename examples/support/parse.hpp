// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/csv.hpp>
#include <support/instant.hpp>
#include <support/money_text.hpp>
#include <support/reading.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Conversions of CSV fields. Each takes the whole field or throws an input_error that names the
/// file, the line, the column, the text and the form that was expected. None rounds, trims or
/// depends on a locale.
namespace examples {

/// Is there nothing, or one of the words for nothing?
[[nodiscard]] inline bool missing(csv_field const& field, reading const& how) {
    return means_nothing(field.text, how.nothing);
}

/// A key: the text, or nothing where it is missing.
[[nodiscard]] inline std::optional<std::string> key(csv_field const& field, reading const& how) {
    return missing(field, how) ? std::nullopt : std::optional{std::string{field.text}};
}

/// The keys of a list in a field, between any of the separators and without the spaces around them; none
/// where the field is missing.
[[nodiscard]] inline std::vector<std::optional<std::string>>
keys_in(csv_field const& field, std::string_view separators, reading const& how) {
    std::vector<std::optional<std::string>> keys;
    if (!missing(field, how))
        for (auto const part : parts_of(field.text, separators))
            keys.push_back(key({part, field.where}, how));
    return keys;
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

/// The text as a decimal number times 10^digits, for the functions below. `limit` is the largest
/// magnitude, and what a larger one is told.
struct magnitude_limit {
    wide_integer least, most;
    std::string_view text;
};
template <class Integer = std::int64_t>
[[nodiscard]] Integer scaled(csv_field const& field, std::string_view text, int digits,
                             std::string_view expected, magnitude_limit const& limit) {
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

    auto const largest = negative ? -limit.least : limit.most;
    auto magnitude = wide_integer{0};
    auto const append = [&](char c) {
        auto const digit = c - '0';
        if (magnitude > (largest - digit) / 10)
            reject(field, limit.text);
        magnitude = magnitude * 10 + digit;
    };
    std::ranges::for_each(whole, append);
    std::ranges::for_each(fraction, append);
    for (auto i = fraction.size(); i < decimals; ++i)
        append('0');
    return static_cast<Integer>(negative ? -magnitude : magnitude);
}

[[nodiscard]] inline std::int64_t scaled(csv_field const& field, std::string_view text, int digits,
                                         std::string_view expected) {
    using limits = std::numeric_limits<std::int64_t>;
    return scaled(field, text, digits, expected,
                  {limits::min(), limits::max(),
                   fmt::format("does not fit in 64 bits with {} decimals, look for a misplaced "
                               "decimal point",
                               digits)});
}

/// What to say of a text that is no decimal number.
[[nodiscard]] inline std::string_view no_decimal(std::string_view text) {
    constexpr std::string_view plain = "0123456789.,'+- ";
    return text.find(',') != text.npos && text.find_first_not_of(plain) == text.npos
               ? "is not a decimal number, write it like -1234.5: with a point before the "
                 "decimals, and nothing between thousands"
               : "is not a decimal number, write it like -1234.5";
}

}  // namespace detail

/// Exact: "15764.33121" with 9 digits is 15764331210000. A sign is fine, an exponent or thousands
/// separators are not; more decimals than `digits` only if the others are zeros.
[[nodiscard]] inline std::int64_t decimal(csv_field const& field, int digits) {
    return detail::scaled(field, field.text, digits, detail::no_decimal(field.text));
}

/// The same for numbers up to 10^27 units, more than 64 bits hold.
[[nodiscard]] inline wide_integer wide_decimal(csv_field const& field, int digits) {
    constexpr auto most = wide_integer{1'000'000'000'000'000'000} * 1'000'000'000;
    return detail::scaled<wide_integer>(
        field, field.text, digits, detail::no_decimal(field.text),
        {-most, most, "is larger than any amount, look for a misplaced decimal point"});
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

/// Seconds since 1970 as a whole number, also written as 1750000000.0, up to the end of the year
/// 9999: a later time is a mistake of unit, such as milliseconds.
[[nodiscard]] inline date::sys_seconds unix_seconds(csv_field const& field) {
    using namespace date::literals;
    constexpr std::string_view expected =
        "is not a time in whole seconds since 1970, write it like 1750000000";
    if (field.text.empty() || !detail::is_digit(field.text.front()))
        detail::reject(field, expected);
    auto const time =
        date::sys_seconds{std::chrono::seconds{detail::scaled(field, field.text, 0, expected)}};
    if (time >= date::sys_days{10000_y / 1 / 1})
        detail::reject(field, "is after the year 9999, write seconds, not milliseconds");
    return time;
}

/// A time as ISO 8601 writes it: "2021-12-31T23:59:59Z", with a space for the T, with parts of a
/// second, with an offset from UTC such as +05:30, -0800 or +01, without seconds; 24:00 is the
/// midnight at the end of the day.
///
/// Notes:  a time without Z or offset is taken for UTC, parts of a second are cut to microseconds;
///         `how` counts both.
/// Errors: a day alone, which would come before all that happened on it. There is no leap second.
[[nodiscard]] inline instant iso_time(csv_field const& field, reading& how) {
    using namespace std::chrono;
    using namespace date::literals;
    constexpr std::string_view expected = "is not a time, write it like 2021-12-31T23:59:59Z";
    auto rest = field.text;
    auto const number = [&](std::size_t size) {
        if (rest.size() < size || !detail::all_digits(rest.substr(0, size)))
            detail::reject(field, expected);
        int value = 0;
        for (char const c : rest.substr(0, size))
            value = value * 10 + (c - '0');
        rest.remove_prefix(size);
        return value;
    };
    auto const skip = [&](std::string_view one_of) {
        auto const there = !rest.empty() && one_of.find(rest.front()) != one_of.npos;
        if (there)
            rest.remove_prefix(1);
        return there;
    };
    auto const must_skip = [&](std::string_view one_of) {
        if (!skip(one_of))
            detail::reject(field, expected);
    };
    auto const year = number(4);
    must_skip("-");
    auto const month = number(2);
    must_skip("-");
    auto const day = date::year{year} / month / number(2);
    if (rest.empty())
        detail::reject(field, "is a day without a time of day, write it like "
                              "2021-12-31T23:59:59Z");
    must_skip("Tt ");
    auto const hour = number(2);
    must_skip(":");
    auto const minute = number(2);
    auto const second = skip(":") ? number(2) : 0;

    auto part = microseconds{0};
    auto cut = false, part_of_second = false;
    if (skip(".,")) {
        if (rest.empty() || !detail::is_digit(rest.front()))
            detail::reject(field, expected);
        for (auto unit = microseconds{100'000}; !rest.empty() && detail::is_digit(rest.front());
             unit /= 10, rest.remove_prefix(1)) {
            part += unit * (rest.front() - '0');
            cut = cut || (unit.count() == 0 && rest.front() != '0');
            part_of_second = part_of_second || rest.front() != '0';
        }
    }
    auto const midnight = hour == 24 && minute == 0 && second == 0 && !part_of_second;
    if (!day.ok() || (hour > 23 && !midnight) || minute > 59 || second > 59)
        detail::reject(field, "is a day or a time of day that does not exist, correct it");

    auto offset = minutes{0};
    auto const zone_is_missing = rest.empty();
    if (!zone_is_missing && !skip("Zz")) {
        auto const west = rest.starts_with('-');
        must_skip("+-");
        auto const hours_off = number(2);
        skip(":");
        auto const minutes_off = rest.empty() ? 0 : number(2);
        if (hours_off > 23 || minutes_off > 59)
            detail::reject(field, "has an offset from UTC that does not exist, correct it");
        offset = hours{hours_off} + minutes{minutes_off};
        if (west)
            offset = -offset;
    }
    if (!rest.empty())
        detail::reject(field, expected);
    auto const time = instant{date::sys_days{day}} + hours{hour} + minutes{minute} +
                      seconds{second} + part - offset;
    if (time < date::sys_days{0_y / 1 / 1} || time >= date::sys_days{10000_y / 1 / 1})
        detail::reject(field, "is outside of the years 0 to 9999 in UTC, correct it");

    ++how.times;
    auto const count = [&](std::size_t& all, std::string& first) {
        if (all++ == 0)
            first =
                fmt::format("{}:{}", std::filesystem::path{field.where.file}.filename().string(),
                            field.where.line);
    };
    if (zone_is_missing)
        count(how.times_without_zone, how.first_without_zone);
    if (cut)
        count(how.times_cut, how.first_cut);
    return time;
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
