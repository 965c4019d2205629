// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <date/date.h>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>

namespace attribution::inline v0_1::detail {

/// An instant of any clock, as far as a model card needs it: whole seconds of the system clock, or
/// whole units of another.
struct noted_instant {
    std::int64_t count = 0;
    bool has_date = false;

    friend constexpr auto operator<=>(noted_instant const&, noted_instant const&) = default;
};

template <class Time>
constexpr noted_instant note(Time const& at) {
    using rep = typename measure<Time>::rep;
    if constexpr (std::convertible_to<Time, std::chrono::time_point<std::chrono::system_clock,
                                                                    std::chrono::duration<double>>>)
        return {whole_units<std::ratio<1>>(at), true};
    else if constexpr (std::floating_point<rep>)
        return {static_cast<std::int64_t>(std::clamp(static_cast<double>(measure<Time>::count(at)),
                                                     -power_of_two(62), power_of_two(62))),
                false};
    else
        return {saturate<std::int64_t>(int128{measure<Time>::count(at)}), false};
}

inline std::string text_of(noted_instant const& at) {
    constexpr std::int64_t year_9999 = 253'402'300'799;
    if (!at.has_date || at.count < -year_9999 || at.count > year_9999)
        return std::to_string(at.count);
    date::sys_seconds const seconds{std::chrono::seconds{at.count}};
    auto const day = date::floor<date::days>(seconds);
    date::year_month_day const calendar{day};
    auto const rest = (seconds - day).count();
    auto const two = [](auto number) {
        return std::string{static_cast<char>('0' + number / 10),
                           static_cast<char>('0' + number % 10)};
    };
    return std::to_string(static_cast<int>(calendar.year())) + '-' +
           two(static_cast<unsigned>(calendar.month())) + '-' +
           two(static_cast<unsigned>(calendar.day())) + ' ' + two(rest / 3600) + ':' +
           two(rest / 60 % 60) + ':' + two(rest % 60);
}

/// The first and the last of several instants. A commutative monoid.
struct noted_period {
    struct ends {
        noted_instant first;
        noted_instant last;
    };
    std::optional<ends> known;

    void add(noted_instant const& at) {
        known = known ? ends{std::min(known->first, at), std::max(known->last, at)} : ends{at, at};
    }
    void merge(noted_period const& other) {
        if (!other.known)
            return;
        add(other.known->first);
        add(other.known->last);
    }
    [[nodiscard]] std::string text() const {
        if (!known)
            return {};
        auto const& [first, last] = *known;
        return first == last ? text_of(first) : text_of(first) + " to " + text_of(last);
    }
};

}  // namespace attribution::detail
