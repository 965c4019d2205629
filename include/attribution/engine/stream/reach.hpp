// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/calendar_lookback.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/maximum_age.hpp>
#include <attribution/policy/minimum_age.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/policy/without_duplicates.hpp>

#include <date/date.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>

/// How far a policy can reach, read off its expression: what a stream may forget, and how long it
/// must wait.
namespace attribution::detail {

/// An instant at which somebody might convert.
template <class Time>
struct possible_conversion {
    using time_type = Time;
    Time instant;
    constexpr Time at() const { return instant; }
    constexpr std::optional<Time> previous() const { return std::nullopt; }
};

/// A policy of your own that says which touchpoints no conversion at `at`, or later, can admit:
/// those before `earliest(at)`.
template <class Policy, class Time>
concept says_earliest = requires(Policy const& p, Time const at) {
    { p.earliest(at) } -> std::convertible_to<Time>;
};

/// `begin` is the first of a customer's touchpoints, in order of time, that a conversion at `at` or
/// later can still admit; all before it may go. `floor` is the same as an instant.
///
/// Whether a policy has a floor, or an end of any kind, depends on its type alone.
template <class Policy, class Time>
struct reach {
    static constexpr bool has_floor = says_earliest<Policy, Time>;
    static constexpr bool ends = has_floor;

    static constexpr Time floor(Policy const& p, Time at) {
        if constexpr (has_floor)
            return p.earliest(at);
        else
            return first_instant<Time>();
    }
    template <class Times>
    static constexpr std::size_t begin(Policy const& p, Time at, Times const& times) {
        if constexpr (has_floor)
            return times.before(floor(p, at));
        else
            return 0;
    }
};

/// The reach of something else that admits the same touchpoints, or more.
template <class Policy, class Time, class Other>
struct reach_as {
    static constexpr bool has_floor = reach<Other, Time>::has_floor;
    static constexpr bool ends = reach<Other, Time>::ends;

    static constexpr Time floor(Policy const& p, Time at) {
        return reach<Other, Time>::floor(reach<Policy, Time>::other(p), at);
    }
    template <class Times>
    static constexpr std::size_t begin(Policy const& p, Time at, Times const& times) {
        return reach<Other, Time>::begin(reach<Policy, Time>::other(p), at, times);
    }
};

template <class Policy, class Time>
struct reach_to_floor {
    static constexpr bool has_floor = true;
    static constexpr bool ends = true;

    template <class Times>
    static constexpr std::size_t begin(Policy const& p, Time at, Times const& times) {
        return times.before(reach<Policy, Time>::floor(p, at));
    }
};

template <class Length, class Time>
struct reach<lookback_policy<Length>, Time> : reach_to_floor<lookback_policy<Length>, Time> {
    static constexpr Time floor(lookback_policy<Length> const& p, Time at) {
        return earlier_by(at, p.length);
    }
};
template <class Length, class Time>
struct reach<maximum_age_policy<Length>, Time> : reach_to_floor<maximum_age_policy<Length>, Time> {
    static constexpr Time floor(maximum_age_policy<Length> const& p, Time at) {
        return earlier_by(at, p.length);
    }
};
template <class Length, class Time>
struct reach<not_policy<minimum_age_policy<Length>>, Time>
    : reach_to_floor<not_policy<minimum_age_policy<Length>>, Time> {
    static constexpr Time floor(not_policy<minimum_age_policy<Length>> const& p, Time at) {
        return earlier_by(at, p.a.length);
    }
};

/// A later conversion can look back further: at an earlier time of day from the same last day of a
/// shorter month, or where clocks were set back. Midnight and two days cover both.
template <class Length, class Zone, class Time>
struct reach<calendar_lookback_policy<Length, Zone>, Time>
    : reach_to_floor<calendar_lookback_policy<Length, Zone>, Time> {
    static constexpr Time floor(calendar_lookback_policy<Length, Zone> const& p, Time at) {
        return earlier_by(p.from_midnight().window(possible_conversion<Time>{at}).from,
                          date::days{2});
    }
};

/// The latest k of what is certainly before the next conversion.
template <class Time>
struct reach<last_touches_policy, Time> {
    static constexpr bool has_floor = false;
    static constexpr bool ends = true;

    static constexpr Time floor(last_touches_policy const&, Time) { return first_instant<Time>(); }
    template <class Times>
    static constexpr std::size_t begin(last_touches_policy const& p, Time at, Times const& times) {
        auto const before = times.before(at);
        return before - std::min(before, p.count);
    }
};

template <class A, class B, class Time>
struct reach<and_policy<A, B>, Time> {
    using left = reach<A, Time>;
    using right = reach<B, Time>;
    static constexpr bool has_floor = left::has_floor || right::has_floor;
    static constexpr bool ends = left::ends || right::ends;

    static constexpr Time floor(and_policy<A, B> const& p, Time at) {
        return std::max(left::floor(p.a, at), right::floor(p.b, at));
    }
    template <class Times>
    static constexpr std::size_t begin(and_policy<A, B> const& p, Time at, Times const& times) {
        return std::max(left::begin(p.a, at, times), right::begin(p.b, at, times));
    }
};

template <class A, class B, class Time>
struct reach<or_policy<A, B>, Time> {
    using left = reach<A, Time>;
    using right = reach<B, Time>;
    static constexpr bool has_floor = left::has_floor && right::has_floor;
    static constexpr bool ends = left::ends && right::ends;

    static constexpr Time floor(or_policy<A, B> const& p, Time at) {
        return std::min(left::floor(p.a, at), right::floor(p.b, at));
    }
    template <class Times>
    static constexpr std::size_t begin(or_policy<A, B> const& p, Time at, Times const& times) {
        return std::min(left::begin(p.a, at, times), right::begin(p.b, at, times));
    }
};

template <class Name, class Policy, class Time>
struct reach<named_policy<Name, Policy>, Time>
    : reach_as<named_policy<Name, Policy>, Time, Policy> {
    static constexpr Policy const& other(named_policy<Name, Policy> const& p) { return p.inner; }
};

// A negation reaches as far as what it comes to by De Morgan's laws.
template <class A, class Time>
struct reach<not_policy<not_policy<A>>, Time> : reach_as<not_policy<not_policy<A>>, Time, A> {
    static constexpr A const& other(not_policy<not_policy<A>> const& p) { return p.a.a; }
};
template <class Name, class A, class Time>
struct reach<not_policy<named_policy<Name, A>>, Time>
    : reach_as<not_policy<named_policy<Name, A>>, Time, not_policy<A>> {
    static constexpr not_policy<A> other(not_policy<named_policy<Name, A>> const& p) {
        return not_policy<A>{p.a.inner};
    }
};
template <class A, class B, class Time>
struct reach<not_policy<or_policy<A, B>>, Time>
    : reach_as<not_policy<or_policy<A, B>>, Time, and_policy<not_policy<A>, not_policy<B>>> {
    static constexpr auto other(not_policy<or_policy<A, B>> const& p) {
        return !A{p.a.a} && !B{p.a.b};
    }
};
template <class A, class B, class Time>
struct reach<not_policy<and_policy<A, B>>, Time>
    : reach_as<not_policy<and_policy<A, B>>, Time, or_policy<not_policy<A>, not_policy<B>>> {
    static constexpr auto other(not_policy<and_policy<A, B>> const& p) {
        return !A{p.a.a} || !B{p.a.b};
    }
};

/// Does the window of a policy that decides time end, as far as its type tells?
template <class Policy, class Time>
inline constexpr bool closes = has_window<Policy, possible_conversion<Time>>;
template <class Time>
inline constexpr bool closes<always_policy, Time> = false;
template <class Length, class Time>
inline constexpr bool closes<maximum_age_policy<Length>, Time> = false;
template <class From, class Until, class Time>
inline constexpr bool closes<between_policy<From, Until>, Time> = !std::same_as<Until, no_limit_fn>;
template <class A, class B, class Time>
inline constexpr bool closes<and_policy<A, B>, Time> = closes<A, Time> || closes<B, Time>;
template <class A, class B, class Time>
inline constexpr bool closes<or_policy<A, B>, Time> = closes<A, Time>&& closes<B, Time>;
template <class Name, class Policy, class Time>
inline constexpr bool closes<named_policy<Name, Policy>, Time> = closes<Policy, Time>;

/// Is it made for the rows of one range, and so for nothing that flows?
template <class Policy>
inline constexpr bool names_rows = false;
template <>
inline constexpr bool names_rows<without_duplicates_policy> = true;
template <class A, class B>
inline constexpr bool names_rows<and_policy<A, B>> = names_rows<A> || names_rows<B>;
template <class A, class B>
inline constexpr bool names_rows<or_policy<A, B>> = names_rows<A> || names_rows<B>;
template <class A>
inline constexpr bool names_rows<not_policy<A>> = names_rows<A>;
template <class Name, class Policy>
inline constexpr bool names_rows<named_policy<Name, Policy>> = names_rows<Policy>;

}  // namespace attribution::detail
