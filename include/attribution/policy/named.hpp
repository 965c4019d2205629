// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/optional_value.hpp>
#include <attribution/policy/policy.hpp>

#include <string_view>
#include <utility>

namespace attribution {

template <class Name, policy Policy>
struct named_policy : policy_tag {
    static constexpr bool decides_time = detail::decides_time<Policy>;
    Name label;
    [[no_unique_address]] Policy inner;

    constexpr named_policy(Name n, Policy p) : label(std::move(n)), inner(std::move(p)) {}

    [[nodiscard]] constexpr std::string_view name() const& { return label; }
    [[nodiscard]] constexpr Name name() const&& { return label; }

    template <class Step>
        requires(!detail::only_window<Policy, Step>)
    constexpr bool operator()(Step const& s) const { return detail::admits(inner, s); }
    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        return detail::window_of(inner, about);
    }
};

/// Gives a policy a name of your own, by which `explain` calls it when it refuses a touchpoint.
///
/// Edges:      changes nothing else. A named expression is one part to `explain`; name the operands
///             of && to have them told apart. A text literal is not copied.
template <class Name, policy Policy>
[[nodiscard]] constexpr auto named(Name name, Policy p) {
    return named_policy<detail::comparable<Name>, Policy>{std::move(name), std::move(p)};
}

}  // namespace attribution
