// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/interval.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

/// What a policy declares, and the defaults where it declares nothing; `policy` explains each
/// member.
namespace attribution::inline v0_1::detail {

template <class Policy, class Anchor>
concept has_window = requires(Policy const& p, Anchor const& a) {
    { p.window(a) } -> std::same_as<interval<typename Anchor::time_type>>;
};

template <class Policy>
concept decides_time = requires {
    requires Policy::decides_time;
};

template <class Policy>
concept window_ends = requires {
    requires Policy::window_ends;
};

template <class Policy>
concept names_rows = requires {
    requires Policy::names_rows;
};

/// Does the policy ask what a touchpoint has been credited with?
template <class Policy>
concept asks_credited = requires {
    requires Policy::asks_credited;
};

/// Does the policy ask for the previous conversion?
template <class Policy>
concept asks_previous = requires {
    requires Policy::asks_previous;
};

template <class Policy, class Time>
concept says_earliest = requires(Policy const& p, Time const& at) {
    { p.earliest(at) } -> std::convertible_to<Time>;
};

/// One customer's touchpoints, as `first_needed` sees them.
template <class Time>
struct some_times {
    std::size_t before(Time const& at) const;
};

template <class Policy, class Time>
concept says_first_needed = requires(Policy const& p, Time const& at,
                                     some_times<Time> const& times) {
    { p.first_needed(at, times) } -> std::convertible_to<std::size_t>;
};

/// Does the policy declare, in one of the two ways, how far back it reaches?
template <class Policy, class Time>
concept reach_ends = says_earliest<Policy, Time> || says_first_needed<Policy, Time>;

template <class Policy, class Time>
constexpr Time earliest(Policy const& p, Time const& at) {
    if constexpr (says_earliest<Policy, Time>)
        return p.earliest(at);
    else
        return first_instant<Time>();
}

template <class Policy, class Time, class Times>
constexpr std::size_t first_needed(Policy const& p, Time const& at, Times const& times) {
    if constexpr (says_first_needed<Policy, Time>)
        return p.first_needed(at, times);
    else if constexpr (says_earliest<Policy, Time>)
        return times.before(p.earliest(at));
    else
        return 0;
}

/// As above, for the policy's complement, if it has one.
template <class Policy, class Time>
concept complement_says_earliest = requires(Policy const& p, Time const& at) {
    { p.complement().earliest(at) } -> std::convertible_to<Time>;
};

template <class Policy, class Time>
concept complement_ends = complement_says_earliest<Policy, Time> ||
    requires(Policy const& p, Time const& at, some_times<Time> const& times) {
    { p.complement().first_needed(at, times) } -> std::convertible_to<std::size_t>;
};

template <class Policy>
std::string policy_name(Policy const& p) {
    if constexpr (requires { p.name(); })
        return std::string{p.name()};
    else
        return "policy";
}

template <class Policy, class Anchor>
constexpr auto window_of(Policy const& p, Anchor const& about) {
    if constexpr (has_window<Policy, Anchor>)
        return p.window(about);
    else
        return interval<typename Anchor::time_type>::everything();
}

/// Is lying in the window all that the policy asks of a touchpoint?
template <class Policy, class Step>
inline constexpr bool only_window = !std::is_invocable_v<Policy const&, Step const&>;

/// Does the policy admit a step that lies in its window?
template <class Policy, class Step>
constexpr bool admits_within_window(Policy const& p, Step const& s) {
    if constexpr (only_window<Policy, Step>)
        return true;
    else if constexpr (requires { p.within_window(s); })
        return p.within_window(s);
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

/// An interval outside of which the policy, together with the default that nothing after the
/// conversion counts, admits nothing.
template <class Policy, class Anchor>
constexpr auto search_window(Policy const& p, Anchor const& about) {
    auto const window = detail::window_of(p, about);
    if constexpr (decides_time<Policy>)
        return window;
    else
        return intersection(window, {first_instant<typename Anchor::time_type>(), about.at()});
}

}  // namespace attribution::detail
