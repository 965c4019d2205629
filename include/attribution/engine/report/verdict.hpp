// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/model/path.hpp>
#include <attribution/policy/outcome.hpp>

#include <cstddef>
#include <string>
#include <vector>

/// What a policy says about a touchpoint, and which of its parts says so.
namespace attribution::inline v0_1::detail {

struct any_visitor {
    template <class Policy>
    constexpr void operator()(Policy const&) const {}
};

/// Does the policy list its parts, all of which must admit?
template <class Policy>
concept has_parts = requires(Policy const& p) {
    p.for_each_part(any_visitor{});
};

template <class Policy>
void name_parts(Policy const& p, std::vector<std::string>& names) {
    if constexpr (has_parts<Policy>)
        p.for_each_part([&](auto const& part) { name_parts(part, names); });
    else
        names.push_back(detail::policy_name(p));
}

template <class Policy>
constexpr std::size_t count_parts(Policy const& p) {
    std::size_t count = 0;
    if constexpr (has_parts<Policy>)
        p.for_each_part([&](auto const& part) { count += detail::count_parts(part); });
    else
        count = 1;
    return count;
}

struct verdict {
    outcome what = outcome::credited;  // here: admitted
    std::size_t part = no_row;

    constexpr bool admitted() const { return what == outcome::credited; }
};

enum class asked { windows, tests };

/// The first part that refuses the step, looking at windows or at tests only; `part` is the number of
/// the policy's first part.
template <class Policy, class Step>
constexpr verdict refusal_of(Policy const& p, Step const& s, asked which, std::size_t part) {
    if constexpr (has_parts<Policy>) {
        verdict first;
        p.for_each_part([&](auto const& one) {
            if (!first.admitted())
                return;
            first = refusal_of(one, s, which, part);
            part += detail::count_parts(one);
        });
        return first;
    } else if constexpr (only_window<Policy, Step>) {
        if (which == asked::windows) {
            auto const window = detail::window_of(p, s.about());
            if (s.at() < window.from)
                return {outcome::before_window, part};
            if (window.until < s.at())
                return {outcome::after_window, part};
        }
    } else if (which == asked::tests && !p(s)) {
        if constexpr (requires { Policy::refusal; })
            return {Policy::refusal, part};
        else
            return {outcome::refused, part};
    }
    return {};
}

/// Checks windows first, the default window before those of the policy: the tests matter only for a
/// touchpoint inside all windows.
template <class Policy, class Step>
constexpr verdict judge(Policy const& p, Step const& s) {
    if (!decides_time<Policy> && s.about().at() < s.at())
        return {outcome::after_window, detail::count_parts(p)};
    auto const missed = detail::refusal_of(p, s, asked::windows, 0);
    return missed.admitted() ? detail::refusal_of(p, s, asked::tests, 0) : missed;
}

/// Equally far is not further: among touchpoints that got equally far, the first is reported.
constexpr bool further(outcome what, std::size_t part, outcome than, std::size_t than_part) {
    return what != than ? what > than : part != no_row && (than_part == no_row || part > than_part);
}

}  // namespace attribution::detail
