// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ratio>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace attribution::inline v0_1::detail {

template <class T>
inline constexpr bool is_time_point = false;
template <class Clock, class Duration>
inline constexpr bool is_time_point<std::chrono::time_point<Clock, Duration>> = true;

template <class T>
inline constexpr bool is_duration = false;
template <class Rep, class Period>
inline constexpr bool is_duration<std::chrono::duration<Rep, Period>> = true;

template <class Time>
using length_of =
    std::remove_cvref_t<decltype(std::declval<Time const&>() - std::declval<Time const&>())>;

/// The number and the unit of an instant or a length: chrono's, or a bare number with unit one.
template <class T>
struct measure {
    using rep = T;
    using period = std::ratio<1>;
    static constexpr rep count(T value) { return value; }
    static constexpr T make(rep value) { return value; }
};
template <class Rep, class Period>
struct measure<std::chrono::duration<Rep, Period>> {
    using rep = Rep;
    using period = Period;
    static constexpr rep count(std::chrono::duration<Rep, Period> value) { return value.count(); }
    static constexpr auto make(rep value) { return std::chrono::duration<Rep, Period>{value}; }
};
template <class Clock, class Duration>
struct measure<std::chrono::time_point<Clock, Duration>> {
    using rep = typename Duration::rep;
    using period = typename Duration::period;
    using time_point = std::chrono::time_point<Clock, Duration>;
    static constexpr rep count(time_point value) { return value.time_since_epoch().count(); }
    static constexpr time_point make(rep value) { return time_point{Duration{value}}; }
};

/// A length that fits the time line of `Time`: a chrono duration for time points, a number for
/// numbers.
template <class Length, class Time>
concept length_on = (is_time_point<Time> && is_duration<Length>) ||
                    (!is_time_point<Time> && !is_duration<Length> &&
                     std::convertible_to<Length, Time>);

template <class Time>
constexpr Time first_instant() {
    using rep = typename measure<Time>::rep;
    if constexpr (std::floating_point<rep>)
        return measure<Time>::make(-std::numeric_limits<rep>::infinity());
    else
        return measure<Time>::make(std::numeric_limits<rep>::min());
}

template <class Time>
constexpr Time last_instant() {
    using rep = typename measure<Time>::rep;
    if constexpr (std::floating_point<rep>)
        return measure<Time>::make(std::numeric_limits<rep>::infinity());
    else
        return measure<Time>::make(std::numeric_limits<rep>::max());
}

/// How many units of the finer measure common to A and B make one unit of A.
template <class A, class B>
inline constexpr auto ticks_per = std::ratio_divide<
    typename measure<A>::period,
    typename std::common_type_t<
        std::chrono::duration<std::int64_t, typename measure<A>::period>,
        std::chrono::duration<std::int64_t, typename measure<B>::period>>::period>::num;

/// How many whole units of `Period` an instant (since its clock's epoch) or a length has, rounded
/// down. Limited to 64 bits, and to +-2^62 if it is a floating-point number.
template <class Period, class T>
constexpr std::int64_t whole_units(T value) {
    using M = measure<T>;
    using ratio = std::ratio_divide<typename M::period, Period>;
    if constexpr (std::floating_point<typename M::rep>) {
        constexpr auto most = std::int64_t{1} << 62;
        auto const units = static_cast<double>(M::count(value)) * static_cast<double>(ratio::num) /
                           static_cast<double>(ratio::den);
        if (!(units > -static_cast<double>(most)))
            return -most;
        if (!(units < static_cast<double>(most)))
            return most;
        auto const towards_zero = static_cast<std::int64_t>(units);
        return static_cast<double>(towards_zero) > units ? towards_zero - 1 : towards_zero;
    } else {
        return saturate<std::int64_t>(
            floor_divide(int128{M::count(value)} * ratio::num, int128{ratio::den}));
    }
}

/// Is an instant, since its clock's epoch, a whole number of such lengths? The length is positive.
template <class Length, class Time>
constexpr bool divides(Length length, Time at) {
    using T = measure<Time>;
    using L = measure<Length>;
    if constexpr (std::floating_point<typename T::rep> || std::floating_point<typename L::rep>) {
        constexpr double beyond_any_count = 1e18;
        auto const times =
            static_cast<double>(T::count(at)) * static_cast<double>(ticks_per<Time, Length>) /
            (static_cast<double>(L::count(length)) * static_cast<double>(ticks_per<Length, Time>));
        return times > -beyond_any_count && times < beyond_any_count &&
               static_cast<double>(static_cast<std::int64_t>(times)) == times;
    } else {
        return int128{T::count(at)} * ticks_per<Time, Length> %
                   (int128{L::count(length)} * ticks_per<Length, Time>) ==
               0;
    }
}

/// Does one type of whole numbers, of at most 64 bits, hold all values of another?
template <class Whole, class Other>
inline constexpr bool holds_lengths =
    std::integral<Whole>&& std::integral<Other> &&
    sizeof(Whole) <= 8 && std::numeric_limits<Other>::digits <= std::numeric_limits<Whole>::digits;

enum class nearest { not_before, not_after };

/// So many ticks of `Time`, a clock of whole numbers, lead from an instant to the nearest one on the given
/// side of what is a floating-point length before it; not more than lead out of any clock.
template <nearest Side, class Time, class Length>
constexpr int128 whole_ticks(Length length) {
    constexpr double beyond_any_clock = 1e20;
    auto const ticks =
        std::min(beyond_any_clock, static_cast<double>(measure<Length>::count(length)) *
                                       static_cast<double>(ticks_per<Length, Time>) /
                                       static_cast<double>(ticks_per<Time, Length>));
    auto const whole = static_cast<int128>(ticks);
    bool const one_more = Side == nearest::not_after && static_cast<double>(whole) < ticks;
    return whole + one_more;
}

/// The instant of `Time` nearest to `at - length` on the given side of it, exact, limited to the
/// range of the type. The length is not negative.
template <nearest Side, class Time, class Length>
constexpr Time instant_before(Time at, Length length) {
    using T = measure<Time>;
    using L = measure<Length>;
    if constexpr (std::floating_point<typename T::rep>) {
        auto const back = static_cast<length_of<Time>>(length);
        // An infinite length leads back to the first instant, even from an infinite one.
        return measure<length_of<Time>>::count(back) ==
                       std::numeric_limits<typename T::rep>::infinity()
                   ? first_instant<Time>()
                   : static_cast<Time>(at - back);
    } else if constexpr (std::floating_point<typename L::rep>) {
        return T::make(
            saturate<typename T::rep>(int128{T::count(at)} - whole_ticks<Side, Time>(length)));
    } else if constexpr (ticks_per<Time, Length> == 1 && ticks_per<Length, Time> == 1 &&
                         holds_lengths<typename T::rep, typename L::rep>) {
        using rep = typename T::rep;
        constexpr auto first = std::numeric_limits<rep>::min();
        auto const ticks = static_cast<rep>(L::count(length));
        // The first instant from which one can go back so far: the length is not negative.
        return T::make(T::count(at) < static_cast<rep>(first + ticks)
                           ? first
                           : static_cast<rep>(T::count(at) - ticks));
    } else {
        constexpr int128 tick = ticks_per<Time, Length>;
        constexpr auto first = std::numeric_limits<typename T::rep>::min();
        auto const ticks = int128{T::count(at)} * tick -
                           int128{L::count(length)} * int128{ticks_per<Length, Time>};
        auto const count =
            Side == nearest::not_after ? floor_divide(ticks, tick) : ceil_divide(ticks, tick);
        return T::make(count < int128{first} ? first : static_cast<typename T::rep>(count));
    }
}

/// The first instant that is not before `at - length`.
template <class Time, class Length>
constexpr Time earlier_by(Time at, Length length) {
    return instant_before<nearest::not_before>(at, length);
}

/// Has the clock an instant that is not after `at - length`? Without one, latest_before() is its first.
template <class Time, class Length>
constexpr bool reaches_back(Time at, Length length) {
    using T = measure<Time>;
    using L = measure<Length>;
    if constexpr (std::floating_point<typename T::rep>) {
        return true;
    } else {
        auto const room =
            int128{T::count(at)} - int128{std::numeric_limits<typename T::rep>::min()};
        if constexpr (std::floating_point<typename L::rep>)
            return whole_ticks<nearest::not_after, Time>(length) <= room;
        else
            return int128{L::count(length)} * int128{ticks_per<Length, Time>} <=
                   room * int128{ticks_per<Time, Length>};
    }
}

/// The last instant that is not after `at - length`.
template <class Time, class Length>
constexpr Time latest_before(Time at, Length length) {
    return instant_before<nearest::not_after>(at, length);
}

/// until - from, limited to the range of the type.
template <class Time>
constexpr length_of<Time> distance(Time from, Time until) {
    using T = measure<Time>;
    if constexpr (std::floating_point<typename T::rep>) {
        return from == until ? length_of<Time>{}
                             : until - from;  // infinity - infinity is not a length
    } else {
        using length = length_of<Time>;
        auto const ticks = int128{T::count(until)} - int128{T::count(from)};
        return measure<length>::make(saturate<typename measure<length>::rep>(ticks));
    }
}

/// As above, if `until` is not before `from`.
template <class Time>
constexpr length_of<Time> distance_forward(Time from, Time until) {
    using T = measure<Time>;
    using L = measure<length_of<Time>>;
    if constexpr (std::integral<typename T::rep> && sizeof(typename T::rep) <= 8 &&
                  std::integral<typename L::rep> && sizeof(typename L::rep) <= 8) {
        constexpr auto most =
            static_cast<std::uint64_t>(std::numeric_limits<typename L::rep>::max());
        auto const ticks = static_cast<std::uint64_t>(T::count(until)) -
                           static_cast<std::uint64_t>(T::count(from));
        return L::make(static_cast<typename L::rep>(std::min(ticks, most)));
    } else {
        return detail::distance(from, until);
    }
}

/// The first instant after `at`; the last instant stays as it is.
template <class Time>
constexpr Time next_instant(Time at) {
    using T = measure<Time>;
    using rep = typename T::rep;
    if constexpr (std::floating_point<rep>)
        return T::make(std::nextafter(T::count(at), std::numeric_limits<rep>::infinity()));
    else
        return T::count(at) == std::numeric_limits<rep>::max() ? at : T::make(T::count(at) + 1);
}

/// The last instant before `at`; the first instant stays as it is.
template <class Time>
constexpr Time instant_ahead_of(Time at) {
    using T = measure<Time>;
    using rep = typename T::rep;
    if constexpr (std::floating_point<rep>)
        return T::make(std::nextafter(T::count(at), -std::numeric_limits<rep>::infinity()));
    else
        return T::count(at) == std::numeric_limits<rep>::min() ? at : T::make(T::count(at) - 1);
}

/// False for the NaN of a floating-point clock, which has no place on a time line.
template <class Time>
constexpr bool is_on_time_line(Time at) {
    return at == at;
}

/// Returns the instant, which errors name as `what` in that row.
///
/// Errors:     std::domain_error if it is a NaN.
template <class Time>
constexpr Time on_time_line(Time at, char const* what, std::size_t row) {
    if constexpr (std::floating_point<typename measure<Time>::rep>)
        if (!is_on_time_line(at))
            throw std::domain_error{what + std::to_string(row) + " is not a number"};
    return at;
}

}  // namespace attribution::detail
