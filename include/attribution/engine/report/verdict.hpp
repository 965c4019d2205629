// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/model/path.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/outcome.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
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

template <class Policy, class Anchor>
constexpr void move_to_earliest(Policy const& p, Anchor const& about,
                                std::optional<interval<typename Anchor::time_type>>& all) {
    if constexpr (has_parts<Policy>) {
        p.for_each_part([&](auto const& one) { detail::move_to_earliest(one, about, all); });
    } else if constexpr (only_window<Policy, step<Anchor>>) {
        auto const own = detail::window_of(p, about);
        all = all ? interval<typename Anchor::time_type>{std::min(all->from, own.from),
                                                         std::min(all->until, own.until)}
                  : own;
    }
}

/// From the earliest beginning of a part's window until the earliest end of one, if there are any.
template <class Policy, class Anchor>
constexpr auto earliest_of_windows(Policy const& p, Anchor const& about) {
    std::optional<interval<typename Anchor::time_type>> all;
    detail::move_to_earliest(p, about, all);
    return *all;
}

/// What is said of touchpoints outside of all windows.
struct outside_verdicts {
    std::size_t first_window = no_row;  // the first part that is a window, if any is
    std::size_t parts = 0;
    bool in_order = true;  // is what a test says always further than being too early?
};

template <class Anchor, class Policy>
constexpr void look_outside(Policy const& p, outside_verdicts& all) {
    if constexpr (has_parts<Policy>) {
        p.for_each_part([&](auto const& one) { detail::look_outside<Anchor>(one, all); });
    } else {
        if constexpr (only_window<Policy, step<Anchor>>) {
            if (all.first_window == no_row)
                all.first_window = all.parts;
        } else if constexpr (requires { Policy::refusal; }) {
            all.in_order =
                all.in_order &&
                (Policy::refusal > outcome::before_window ||
                 (Policy::refusal == outcome::before_window && all.first_window != no_row));
        }
        ++all.parts;
    }
}

template <class Anchor, class Policy>
constexpr outside_verdicts outside_of(Policy const& p) {
    outside_verdicts all;
    detail::look_outside<Anchor>(p, all);
    return all;
}

/// Equally far is not further: among touchpoints that got equally far, the first is reported.
constexpr bool further(outcome what, std::size_t part, outcome than, std::size_t than_part) {
    return what != than ? what > than : part != no_row && (than_part == no_row || part > than_part);
}

}  // namespace attribution::detail
