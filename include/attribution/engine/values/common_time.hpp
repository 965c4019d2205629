// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/product.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <ratio>
#include <stdexcept>
#include <string>
#include <type_traits>

/// How instants of two clocks are compared: exactly. No conversion wraps around, and none loses
/// precision silently.
namespace attribution::inline v0_1::detail {

/// An instant that is a number of ticks: chrono's, or a bare number.
template <class Time>
concept counted_time = is_time_point<Time> || std::integral<Time> || std::floating_point<Time>;

template <class Time>
using rep_of = typename measure<Time>::rep;

/// The number of ticks, in the finer precision of both clocks, that make one tick of `Own`.
template <class Own, class Other>
inline constexpr int128 scale_to = ticks_per<Own, Other>;

/// Does an integer type hold all instants of `Own` in the ticks it shares with `Other`?
template <class Rep, class Own, class Other>
constexpr bool holds_ticks() {
    using own = std::numeric_limits<rep_of<Own>>;
    return representable<Rep>(int128{own::min()} * scale_to<Own, Other>) &&
           representable<Rep>(int128{own::max()} * scale_to<Own, Other>);
}

template <class Rep, class A, class B>
consteval bool hold_ticks_of_both() {
    return holds_ticks<Rep, A, B>() && holds_ticks<Rep, B, A>();
}

/// The number type of the clock that two clocks share.
template <class A, class B>
consteval auto common_rep() {
    using a = rep_of<A>;
    using b = rep_of<B>;
    if constexpr (std::floating_point<a> || std::floating_point<b>) {
        using widest = std::common_type_t<a, b>;
        using exact = std::conditional_t<std::integral<a> || std::integral<b>,
                                         std::common_type_t<widest, double>, widest>;
        return exact{};
    } else {
        using usual = std::common_type_t<a, b>;
        if constexpr (hold_ticks_of_both<usual, A, B>())
            return usual{};
        else if constexpr (std::unsigned_integral<a> && std::unsigned_integral<b>)
            return std::uint64_t{};
        else
            return std::int64_t{};
    }
}

template <class A, class B>
struct common_time_of {
    using type = std::common_type_t<A, B>;
};
template <class A, class B>
    requires(!std::same_as<A, B> && counted_time<A> && counted_time<B> && !is_time_point<A> &&
             !is_time_point<B>)
struct common_time_of<A, B> {
    using type = decltype(common_rep<A, B>());
};
template <class Clock, class A, class B>
    requires(!std::same_as<A, B>)
struct common_time_of<std::chrono::time_point<Clock, A>, std::chrono::time_point<Clock, B>> {
    using one = std::chrono::time_point<Clock, A>;
    using other = std::chrono::time_point<Clock, B>;
    using period = typename std::common_type_t<one, other>::period;
    using type =
        std::chrono::time_point<Clock,
                                std::chrono::duration<decltype(common_rep<one, other>()), period>>;
};

/// The type in which instants of both sides are stored and compared: the finer precision of both,
/// in the usual number type for it, or in 64 bits if that cannot hold both.
template <class A, class B>
using common_time = typename common_time_of<A, B>::type;

template <class Conversions, class Touchpoints>
using common_time_of_records =
    common_time<typename Conversions::time_type, typename Touchpoints::time_type>;

/// Can an instant of `Own` lie outside of the clock that it shares with `Other`?
template <class Own, class Other>
constexpr bool reaches_beyond() {
    if constexpr (std::same_as<Own, Other> || !counted_time<Own> || !counted_time<Other>) {
        return false;
    } else {
        using rep = rep_of<common_time<Own, Other>>;
        if constexpr (std::floating_point<rep>)
            return false;
        else
            return !holds_ticks<rep, Own, Other>();
    }
}

[[noreturn]] inline void refuse_time(std::string text, std::size_t row, char const* why) {
    if (row != static_cast<std::size_t>(-1))
        text += std::to_string(row);
    throw std::domain_error{text + why};
}

/// The instant on the clock shared with `Other`. Instants outside of that clock become its first or
/// last instant; no other instant does.
///
/// Errors:     std::domain_error, naming `what` in that row, if an instant cannot be told from
///             those outside of the common clock, or if it is a whole number that a floating-point
///             clock cannot hold.
template <class Other, class Own>
constexpr common_time<Own, Other> meet(Own at, char const* what, std::size_t row) {
    using time = common_time<Own, Other>;
    if constexpr (std::same_as<Own, time>) {
        if constexpr (reaches_beyond<Other, Own>())
            if (at == first_instant<time>() || at == last_instant<time>())
                refuse_time(what, row,
                            " is the first or last instant of its clock, and the other side has "
                            "times beyond it, so the two cannot be ordered; use another "
                            "placeholder");
        return at;
    } else if constexpr (!counted_time<Own> || !counted_time<Other>) {
        return time(at);
    } else {
        using to = measure<time>;
        auto const count = measure<Own>::count(at);
        if constexpr (std::floating_point<rep_of<Own>>) {
            return to::make(static_cast<rep_of<time>>(count) *
                            static_cast<rep_of<time>>(scale_to<Own, Other>));
        } else if constexpr (std::floating_point<rep_of<time>>) {
            auto const ticks = int128{count} * scale_to<Own, Other>;
            auto const rounded = static_cast<rep_of<time>>(ticks);
            if (static_cast<int128>(rounded) != ticks)
                refuse_time(what, row,
                            " is a whole number that the floating-point clock of the other side "
                            "cannot hold; convert one of them in its projection");
            return to::make(rounded);
        } else {
            auto const ticks = int128{count} * scale_to<Own, Other>;
            if constexpr (reaches_beyond<Own, Other>()) {
                bool const beyond = !representable<rep_of<time>>(ticks);
                if constexpr (reaches_beyond<Other, Own>())
                    if (beyond)
                        refuse_time(what, row,
                                    " is outside of the clock that both sides share; convert one "
                                    "of them in its projection");
                if (beyond)
                    return to::make(saturate<rep_of<time>>(ticks));
            }
            auto const met = to::make(static_cast<rep_of<time>>(ticks));
            if constexpr (reaches_beyond<Own, Other>() || reaches_beyond<Other, Own>())
                if (met == first_instant<time>() || met == last_instant<time>())
                    refuse_time(what, row,
                                " is the first or last instant of the clock that both sides "
                                "share, and there are times beyond it, so the two cannot be "
                                "ordered; use another placeholder");
            return met;
        }
    }
}

/// Compares instants of any two clocks exactly: negative, 0 or positive if `a` is before, at or
/// after `b`. An instant of a floating-point clock is rounded once to the finer precision.
template <class A, class B>
constexpr int compare_instants(A const& a, B const& b) {
    if constexpr (std::same_as<A, B> || !counted_time<A> || !counted_time<B>) {
        return a < b ? -1 : b < a ? 1 : 0;
    } else if constexpr (std::floating_point<rep_of<A>> && std::floating_point<rep_of<B>>) {
        auto const one =
            product(static_cast<double>(measure<A>::count(a)), static_cast<double>(scale_to<A, B>));
        auto const other =
            product(static_cast<double>(measure<B>::count(b)), static_cast<double>(scale_to<B, A>));
        return one < other ? -1 : other < one ? 1 : 0;
    } else if constexpr (std::floating_point<rep_of<A>>) {
        constexpr double beyond_any_count = 0x1p126;
        auto const one =
            product(static_cast<double>(measure<A>::count(a)), static_cast<double>(scale_to<A, B>));
        if (!(one < beyond_any_count))
            return 1;
        if (!(one > -beyond_any_count))
            return -1;
        auto const other = int128{measure<B>::count(b)} * scale_to<B, A>;
        auto const whole = static_cast<int128>(one);
        if (whole != other)
            return whole < other ? -1 : 1;
        auto const fraction = one - static_cast<double>(whole);
        return fraction < 0 ? -1 : fraction > 0 ? 1 : 0;
    } else if constexpr (std::floating_point<rep_of<B>>) {
        return -compare_instants(b, a);
    } else {
        auto const one = int128{measure<A>::count(a)} * scale_to<A, B>;
        auto const other = int128{measure<B>::count(b)} * scale_to<B, A>;
        return one < other ? -1 : other < one ? 1 : 0;
    }
}

/// The instant of `Time` nearest to a bound of any clock, on the given side of it. None if all
/// instants of `Time` lie on the other side.
///
/// Edges:      the bound is not a NaN. If a floating-point `Time` cannot hold a whole number, it
///             takes the nearest one that it can hold on that side.
template <class Time, nearest Side, class Bound>
constexpr std::optional<Time> nearest_instant(Bound const& bound) {
    if constexpr (std::same_as<Time, Bound>) {
        return bound;
    } else if constexpr (!counted_time<Time> || !counted_time<Bound>) {
        return Time(bound);
    } else if constexpr (std::floating_point<rep_of<Time>>) {
        using rep = rep_of<Time>;
        auto const rounded = measure<Time>::make(static_cast<rep>(
            static_cast<rep>(measure<Bound>::count(bound)) *
            static_cast<rep>(scale_to<Bound, Time>) / static_cast<rep>(scale_to<Time, Bound>)));
        if constexpr (std::integral<rep_of<Bound>>) {
            auto const order = compare_instants(rounded, bound);
            if (Side == nearest::not_before ? order < 0 : order > 0)
                return Side == nearest::not_before ? next_instant(rounded)
                                                   : instant_ahead_of(rounded);
        }
        return rounded;
    } else {
        constexpr auto first = first_instant<Time>();
        constexpr auto last = last_instant<Time>();
        if (compare_instants(bound, first) < 0)
            return Side == nearest::not_before ? std::optional{first} : std::nullopt;
        if (compare_instants(bound, last) > 0)
            return Side == nearest::not_before ? std::nullopt : std::optional{last};
        constexpr auto ours = scale_to<Time, Bound>;
        if constexpr (std::floating_point<rep_of<Bound>>) {
            auto const ticks = static_cast<double>(measure<Bound>::count(bound)) *
                               static_cast<double>(scale_to<Bound, Time>) /
                               static_cast<double>(ours);
            auto const whole = static_cast<int128>(ticks);  // towards 0
            auto const fraction = ticks - static_cast<double>(whole);
            auto const step =
                Side == nearest::not_before ? int128{fraction > 0} : -int128{fraction < 0};
            return measure<Time>::make(saturate<rep_of<Time>>(whole + step));
        } else {
            auto const ticks = int128{measure<Bound>::count(bound)} * scale_to<Bound, Time>;
            return measure<Time>::make(saturate<rep_of<Time>>(Side == nearest::not_before
                                                                  ? ceil_divide(ticks, ours)
                                                                  : floor_divide(ticks, ours)));
        }
    }
}

}  // namespace attribution::detail
