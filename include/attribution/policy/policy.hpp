// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/policy/interval.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// Switches on && || ! for policies.
///
/// These operators *build* an expression; nothing is evaluated while composing, and both sides are
/// always built.
struct policy_tag {};

/// May this touchpoint earn credit from this conversion?
///
/// A policy derives from `policy_tag` and has at least one of
///   - `bool operator()(step) const`: the test; see `step` for what it can ask;
///   - `interval window(anchor) const`: a *window*. Touchpoints outside of it are refused, and the
///     engine does not even look at them. Without a test, every touchpoint in the window is
///     admitted.
/// Both must depend only on the step, and the test must refuse everything outside of the window.
///
/// By default nothing after the conversion counts. A policy may declare more, as the library's own
/// do. Each of these members is optional; expressions of && || ! and `named` pass on what their
/// operands declare:
///   - `static constexpr bool decides_time = true`: the policy replaces that default for the whole
///     expression it occurs in, as `between` does;
///   - `static constexpr bool window_ends = true`: its window has an end. Where a policy decides
///     time, a stream then knows how long it has to wait;
///   - `Time earliest(Time at) const`: no conversion at `at` or later admits a touchpoint before
///     the returned time, so that a stream may forget older ones;
///   - `std::size_t first_needed(Time at, times) const`: the same as a number of touchpoints, for
///     policies such as `last_touches`, whose reach is not an instant. No conversion at `at` or
///     later admits any of the first so many touchpoints of one customer, in their order;
///     `times.before(t)` of them come before the instant t;
///   - `complement() const`: a policy that admits everything that this one refuses, and perhaps
///     more. If the complement declares its reach, a stream can forget what `!policy` cannot reach;
///   - `static constexpr bool names_rows = true`: the policy was made for the rows of one range, so
///     streams refuse it;
///   - `static constexpr bool asks_credited = true`: the test asks which earlier conversions the
///     touchpoint has been credited with: `s.credited(predicate)` is the number of those whose record
///     satisfies a predicate. See `credited_at_most`;
///   - `static constexpr bool asks_previous = true`: it asks `about().previous()`, the previous
///     conversion; `made_with` then says that parts of the time are not enough;
///   - `made_of()`: what it was made of, see `made_with`;
///   - `name()`: what `explain` calls it: text, or something that can be made into text;
///   - `static constexpr outcome refusal`: what becomes of a touchpoint that its test refuses;
///   - `bool within_window(step) const`: the same answer as the test, of a touchpoint that is known to
///     lie in the window. && asks its windows no second time so;
///   - `void for_each_part(visit) const`: calls `visit(part)` for each of several policies that
///     must all admit; `explain` tells them apart, like the operands of &&.
/// Example:    examples/recipes/your_own_policy.cpp
template <class Policy>
concept policy = std::derived_from<std::remove_cvref_t<Policy>, policy_tag>;

template <policy A>
struct not_policy;
template <policy A, policy B>
struct or_policy;

template <policy A, policy B>
struct and_policy : policy_tag {
    static constexpr bool decides_time = detail::decides_time<A> || detail::decides_time<B>;
    static constexpr bool window_ends = detail::window_ends<A> || detail::window_ends<B>;
    static constexpr bool names_rows = detail::names_rows<A> || detail::names_rows<B>;
    static constexpr bool asks_credited = detail::asks_credited<A> || detail::asks_credited<B>;
    static constexpr bool asks_previous = detail::asks_previous<A> || detail::asks_previous<B>;
    [[no_unique_address]] A a;
    [[no_unique_address]] B b;

    constexpr and_policy(A left, B right) : a(left), b(right) {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"and", a, b}; }

    template <class Step>
        requires(!detail::only_window<A, Step> || !detail::only_window<B, Step>)
    constexpr bool operator()(Step const& s) const {
        return detail::admits(a, s) && detail::admits(b, s);
    }
    template <class Step>
    constexpr bool within_window(Step const& s) const {
        return detail::admits_within_window(a, s) && detail::admits_within_window(b, s);
    }
    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        return intersection(detail::window_of(a, about), detail::window_of(b, about));
    }

    template <class Time>
        requires(detail::says_earliest<A, Time> || detail::says_earliest<B, Time>)
    constexpr Time earliest(Time const& at) const {
        return std::max(detail::earliest(a, at), detail::earliest(b, at));
    }
    template <class Time, class Times>
        requires(detail::reach_ends<A, Time> || detail::reach_ends<B, Time>)
    constexpr std::size_t first_needed(Time const& at, Times const& times) const {
        return std::max(detail::first_needed(a, at, times), detail::first_needed(b, at, times));
    }
    /// De Morgan.
    constexpr auto complement() const {
        return or_policy<not_policy<A>, not_policy<B>>{not_policy<A>{a}, not_policy<B>{b}};
    }

    [[nodiscard]] std::string name() const {
        return "(" + detail::policy_name(a) + " and " + detail::policy_name(b) + ")";
    }
    template <class Visit>
    constexpr void for_each_part(Visit&& visit) const {
        visit(a);
        visit(b);
    }
};

template <policy A, policy B>
struct or_policy : policy_tag {
    static constexpr bool decides_time = detail::decides_time<A> || detail::decides_time<B>;
    static constexpr bool window_ends = detail::window_ends<A> && detail::window_ends<B>;
    static constexpr bool names_rows = detail::names_rows<A> || detail::names_rows<B>;
    static constexpr bool asks_credited = detail::asks_credited<A> || detail::asks_credited<B>;
    static constexpr bool asks_previous = detail::asks_previous<A> || detail::asks_previous<B>;
    [[no_unique_address]] A a;
    [[no_unique_address]] B b;

    constexpr or_policy(A left, B right) : a(left), b(right) {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"or", a, b}; }

    template <class Step>
    constexpr bool operator()(Step const& s) const {
        return detail::admits(a, s) || detail::admits(b, s);
    }
    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        return hull(detail::window_of(a, about), detail::window_of(b, about));
    }

    template <class Time>
        requires(detail::says_earliest<A, Time>&& detail::says_earliest<B, Time>)
    constexpr Time earliest(Time const& at) const {
        return std::min(detail::earliest(a, at), detail::earliest(b, at));
    }
    template <class Time, class Times>
        requires(detail::reach_ends<A, Time>&& detail::reach_ends<B, Time>)
    constexpr std::size_t first_needed(Time const& at, Times const& times) const {
        return std::min(detail::first_needed(a, at, times), detail::first_needed(b, at, times));
    }
    /// De Morgan.
    constexpr auto complement() const {
        return and_policy<not_policy<A>, not_policy<B>>{not_policy<A>{a}, not_policy<B>{b}};
    }

    [[nodiscard]] std::string name() const {
        return "(" + detail::policy_name(a) + " or " + detail::policy_name(b) + ")";
    }
};

template <policy A>
struct not_policy : policy_tag {
    static constexpr bool decides_time = detail::decides_time<A>;
    static constexpr bool names_rows = detail::names_rows<A>;
    static constexpr bool asks_credited = detail::asks_credited<A>;
    static constexpr bool asks_previous = detail::asks_previous<A>;
    [[no_unique_address]] A a;

    constexpr explicit not_policy(A inner) : a(inner) {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"not", a}; }

    template <class Step>
    constexpr bool operator()(Step const& s) const {
        return !detail::admits(a, s);
    }

    template <class Time>
        requires detail::complement_says_earliest<A, Time>
    constexpr Time earliest(Time const& at) const { return a.complement().earliest(at); }
    template <class Time, class Times>
        requires detail::complement_ends<A, Time>
    constexpr std::size_t first_needed(Time const& at, Times const& times) const {
        return detail::first_needed(a.complement(), at, times);
    }
    constexpr A complement() const { return a; }

    [[nodiscard]] std::string name() const { return "not " + detail::policy_name(a); }
};

/// Admits what both admit. Window: the intersection.
template <policy A, policy B>
[[nodiscard]] constexpr auto operator&&(A a, B b) {
    return and_policy<A, B>{a, b};
}

/// Admits what either admits. Window: the hull, so that the engine can still prune.
template <policy A, policy B>
[[nodiscard]] constexpr auto operator||(A a, B b) {
    return or_policy<A, B>{a, b};
}

namespace detail {

template <class A, class B>
constexpr void check_operands() {
    static_assert(policy<A> && policy<B>,
                  "attribution: only a policy combines with a policy; a predicate of a touchpoint "
                  "becomes one by where(predicate), a length of time by lookback(length)");
}

}  // namespace detail

/// Says what is wrong with the other operand.
template <policy A, class B>
    requires(!policy<B>)
constexpr void operator&&(A const&, B const&) {
    detail::check_operands<A, B>();
}
template <class A, policy B>
    requires(!policy<A>)
constexpr void operator&&(A const&, B const&) {
    detail::check_operands<A, B>();
}
template <policy A, class B>
    requires(!policy<B>)
constexpr void operator||(A const&, B const&) {
    detail::check_operands<A, B>();
}
template <class A, policy B>
    requires(!policy<A>)
constexpr void operator||(A const&, B const&) {
    detail::check_operands<A, B>();
}

/// Admits what the policy refuses. No window: `!lookback(d)` is everything older than d (and, as
/// always by default, not after the conversion).
template <policy A>
[[nodiscard]] constexpr auto operator!(A a) {
    return not_policy<A>{a};
}

}  // namespace attribution
