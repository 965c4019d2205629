// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/text_value.hpp>
#include <attribution/policy/policy.hpp>

#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1 {

template <class Name, policy Policy>
struct named_policy : policy_tag {
    static constexpr bool decides_time = detail::decides_time<Policy>;
    static constexpr bool window_ends = detail::window_ends<Policy>;
    static constexpr bool names_rows = detail::names_rows<Policy>;
    static constexpr bool asks_credited = detail::asks_credited<Policy>;
    static constexpr bool asks_previous = detail::asks_previous<Policy>;
    Name label;
    [[no_unique_address]] Policy inner;

    constexpr named_policy(Name n, Policy p) : label(std::move(n)), inner(std::move(p)) {}

    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"named", label, inner}; }

    [[nodiscard]] constexpr std::string_view name() const& { return label; }
    [[nodiscard]] constexpr Name name() const&& { return label; }

    template <class Step>
        requires(!detail::only_window<Policy, Step>)
    constexpr bool operator()(Step const& s) const { return detail::admits(inner, s); }
    template <class Step>
    constexpr bool within_window(Step const& s) const {
        return detail::admits_within_window(inner, s);
    }
    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        return detail::window_of(inner, about);
    }

    template <class Time>
        requires detail::says_earliest<Policy, Time>
    constexpr Time earliest(Time const& at) const { return inner.earliest(at); }
    template <class Time, class Times>
        requires detail::reach_ends<Policy, Time>
    constexpr std::size_t first_needed(Time const& at, Times const& times) const {
        return detail::first_needed(inner, at, times);
    }
    constexpr auto complement() const { return not_policy<Policy>{inner}; }
};

/// Gives a policy a name of your own. `explain` uses it when the policy refuses a touchpoint.
///
/// Errors:     std::invalid_argument if the name is a null pointer.
/// Edges:      changes nothing else. `explain` treats a named expression as one part; to tell the
///             operands of && apart, name each of them. A text literal is not copied.
template <class Name, policy Policy>
[[nodiscard]] constexpr auto named(Name name, Policy p) {
    static_assert(detail::reads_as_text<Name>, "attribution: the name of a policy must be a text");
    return named_policy<detail::comparable<Name>, Policy>{
        detail::without_null(std::move(name), "named: the name"), std::move(p)};
}

}  // namespace attribution
