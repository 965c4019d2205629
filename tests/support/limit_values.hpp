// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/random.hpp"

#include <attribution/numeric/wide_integer.hpp>

#include <date/date.h>

#include <array>
#include <cmath>
#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

/// Ids and times of several types, at the limits of each.
namespace support {

/// A number that is any integer of 64 bits or any double, exactly, so that any two can be compared: how many times
/// 2^32, and the rest, both with its sign. A long double does not do: on armhf it is a double.
struct exact_number {
    double high = 0;
    double low = 0;

    template <std::integral T>
    explicit constexpr exact_number(T value) {
        using wide = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
        constexpr auto part = wide{1} << 32;
        high = static_cast<double>(wide{value} / part);
        low = static_cast<double>(wide{value} % part);
    }
    template <std::floating_point T>
    explicit exact_number(T value)
        : high{std::trunc(static_cast<double>(value) / 0x1p32)},
          low{std::isinf(value) ? 0 : static_cast<double>(value) - high * 0x1p32} {}

    friend constexpr auto operator<=>(exact_number, exact_number) = default;
};

/// Values at the limits of a type and of narrower ones, and a few in between.
template <class T>
T some_value(random_numbers& random) {
    using limits = std::numeric_limits<T>;
    if constexpr (std::is_floating_point_v<T>) {
        constexpr std::array<T, 12> values{0,
                                           -T{0},
                                           1,
                                           -1,
                                           T{1.5},
                                           limits::max(),
                                           limits::lowest(),
                                           limits::infinity(),
                                           -limits::infinity(),
                                           T{0x1p24F},
                                           T{0x1p31F},
                                           static_cast<T>(0x1p53)};
        return values[random.below(values.size())];
    } else {
        constexpr auto least = limits::min();
        constexpr auto most = limits::max();
        constexpr auto wrapped = [](std::uint64_t value) { return static_cast<T>(value); };
        constexpr std::array<T, 12> values{0,
                                           1,
                                           2,
                                           wrapped(std::uint64_t(-1)),
                                           least,
                                           most,
                                           static_cast<T>(least + 1),
                                           static_cast<T>(most - 1),
                                           wrapped(std::uint64_t{1} << 31),
                                           wrapped(std::uint64_t{1} << 32),
                                           wrapped((std::uint64_t{1} << 32) + 1),
                                           wrapped(std::uint64_t{1} << 53)};
        return values[random.below(values.size())];
    }
}

/// How a type of ids or times is drawn, and what it says exactly; nothing if it is missing.
template <class T>
struct drawn {
    static T from(random_numbers& random) {
        if constexpr (std::is_floating_point_v<T>)
            return random.chance(8) ? std::numeric_limits<T>::quiet_NaN() : some_value<T>(random);
        else
            return some_value<T>(random);
    }
    static std::optional<exact_number> exact(T value) {
        return value == value ? std::optional{static_cast<exact_number>(value)} : std::nullopt;
    }
};
template <class T>
struct drawn<std::optional<T>> {
    static std::optional<T> from(random_numbers& random) {
        return random.chance(4) ? std::nullopt : std::optional<T>{drawn<T>::from(random)};
    }
    static auto exact(std::optional<T> const& value) {
        return value ? drawn<T>::exact(*value) : decltype(drawn<T>::exact(*value)){};
    }
};
template <class Text>
    requires std::is_convertible_v<Text const&, std::string_view>
struct drawn<Text> {
    static Text from(random_numbers& random) {
        static constexpr std::array<char const*, 3> texts{"", "a", "ab"};
        if constexpr (std::is_pointer_v<Text>)
            if (random.chance(4))
                return nullptr;
        return Text(texts[random.below(texts.size())]);
    }
    static std::optional<std::string_view> exact(Text const& value) {
        if constexpr (std::is_pointer_v<Text>)
            if (value == nullptr)
                return std::nullopt;
        return value;
    }
};
template <class Duration>
struct drawn<date::sys_time<Duration>> {
    static date::sys_time<Duration> from(random_numbers& random) {
        return date::sys_time<Duration>{Duration{some_value<typename Duration::rep>(random)}};
    }
    static auto exact(date::sys_time<Duration> at) {
        using period = typename Duration::period;
        return std::optional{attribution::detail::int128{at.time_since_epoch().count()} *
                             (period::num * 1'000'000'000 / period::den)};
    }
};

/// Whose ids are not the point.
enum class customer { one, other };
template <>
struct drawn<customer> {
    static customer from(random_numbers& random) { return static_cast<customer>(random.below(2)); }
    static auto exact(customer one) { return std::optional{one}; }
};

template <class Key, class Time>
struct record {
    Key key;
    Time at;
};

}  // namespace support
