// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/policy/interval.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>

namespace attribution {

/// Switches on && || ! for policies.
///
/// These operators *build* an expression; nothing is evaluated while composing, and both sides are
/// always built.
struct policy_tag {};

/// May this touchpoint earn credit from this conversion?
///
/// A policy derives from `policy_tag` and has at least one of
///   - `bool operator()(step) const`: the test; see `step` for what can be asked;
///   - `interval window(anchor) const`: a *window*: touchpoints outside are refused, and the engine
///     does not even look at them. With only a window, lying in it is the whole test.
/// Both must depend on nothing but the step, and a test must refuse what lies outside its window.
///
/// By default nothing after the conversion counts. A policy that says `decides_time = true` (such
/// as `between`) replaces that default for the whole expression it occurs in.
template <class Policy>
concept policy = std::derived_from<std::remove_cvref_t<Policy>, policy_tag>;

namespace detail {

template <class Policy, class Anchor>
concept has_window = requires(Policy const& p, Anchor const& a) {
    { p.window(a) } -> std::same_as<interval<typename Anchor::time_type>>;
};

template <class Policy>
concept decides_time = requires {
    requires Policy::decides_time;
};

template <class Policy, class Anchor>
constexpr auto window_of(Policy const& p, Anchor const& about) {
    if constexpr (has_window<Policy, Anchor>)
        return p.window(about);
    else
        return interval<typename Anchor::time_type>::everything();
}

/// Is lying in its window all that the policy asks?
template <class Policy, class Step>
inline constexpr bool only_window = !std::is_invocable_v<Policy const&, Step const&>;

/// Does the policy admit a step that lies in its window?
template <class Policy, class Step>
constexpr bool admits_within_window(Policy const& p, Step const& s) {
    if constexpr (only_window<Policy, Step>)
        return true;
    else
        return p(s);
}

template <class Policy, class Step>
constexpr bool admits(Policy const& p, Step const& s) {
    if constexpr (only_window<Policy, Step>)
        return detail::window_of(p, s.about()).contains(s.at());
    else
        return p(s);
}

/// The interval outside which the policy, with the default "nothing after the conversion", admits
/// nothing.
template <class Policy, class Anchor>
constexpr auto search_window(Policy const& p, Anchor const& about) {
    auto const window = detail::window_of(p, about);
    if constexpr (decides_time<Policy>)
        return window;
    else
        return intersection(window, {first_instant<typename Anchor::time_type>(), about.at()});
}

}  // namespace detail

template <policy A, policy B>
struct and_policy : policy_tag {
    static constexpr bool decides_time = detail::decides_time<A> || detail::decides_time<B>;
    [[no_unique_address]] A a;
    [[no_unique_address]] B b;

    constexpr and_policy(A left, B right) : a(left), b(right) {}

    template <class Step>
        requires(!detail::only_window<A, Step> || !detail::only_window<B, Step>)
    constexpr bool operator()(Step const& s) const {
        return detail::admits(a, s) && detail::admits(b, s);
    }
    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        return intersection(detail::window_of(a, about), detail::window_of(b, about));
    }
};

template <policy A, policy B>
struct or_policy : policy_tag {
    static constexpr bool decides_time = detail::decides_time<A> || detail::decides_time<B>;
    [[no_unique_address]] A a;
    [[no_unique_address]] B b;

    constexpr or_policy(A left, B right) : a(left), b(right) {}

    template <class Step>
    constexpr bool operator()(Step const& s) const {
        return detail::admits(a, s) || detail::admits(b, s);
    }
    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        return hull(detail::window_of(a, about), detail::window_of(b, about));
    }
};

template <policy A>
struct not_policy : policy_tag {
    static constexpr bool decides_time = detail::decides_time<A>;
    [[no_unique_address]] A a;

    constexpr explicit not_policy(A inner) : a(inner) {}

    template <class Step>
    constexpr bool operator()(Step const& s) const {
        return !detail::admits(a, s);
    }
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

/// Admits what the policy refuses. No window: `!lookback(d)` is everything older than d (and, as
/// always by default, not after the conversion).
template <policy A>
[[nodiscard]] constexpr auto operator!(A a) {
    return not_policy<A>{a};
}

struct always_policy : policy_tag {
    [[nodiscard]] static constexpr std::string_view name() { return "always"; }
    template <class Anchor>
    constexpr auto window(Anchor const&) const {
        return interval<typename Anchor::time_type>::everything();
    }
};

/// Admits every touchpoint; alone, by the default, every one that is not after the conversion.
inline constexpr always_policy always{};

}  // namespace attribution
