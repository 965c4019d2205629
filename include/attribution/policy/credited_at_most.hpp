// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/policy/outcome.hpp>
#include <attribution/policy/policy.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

namespace detail {

/// An action of which every conversion is one.
struct any_action {
    [[nodiscard]] static constexpr std::string_view name() { return "any action"; }
};

}  // namespace detail

template <class Action>
struct credited_at_most_policy : policy_tag {
    static constexpr outcome refusal = outcome::used_up;
    static constexpr bool asks_credited = true;
    std::size_t count;
    [[no_unique_address]] Action action;

    constexpr credited_at_most_policy(std::size_t k, Action a) : count{k}, action(std::move(a)) {
        if (k == 0)
            throw std::invalid_argument{"credited_at_most: k must be at least 1"};
    }

    [[nodiscard]] std::string name() const { return "credited at most " + std::to_string(count); }
    [[nodiscard]] constexpr auto made_of() const {
        return std::tuple{"credited at most", count, action};
    }

    template <class Step>
    constexpr bool operator()(Step const& s) const {
        static_assert(
            requires { s.credited([](auto const&) { return true; }); },
            "attribution: credited_at_most(...) depends on what the model credited before. It is "
            "known to attribute(), explain() and live(), in their policy; not to the parts of a "
            "model, nor where there is no model");
        if constexpr (std::is_same_v<Action, detail::any_action>) {
            return s.credited([](auto const&) { return true; }) < count;
        } else {
            decltype(auto) conversion = s.conversion();
            decltype(auto) own = detail::project(action, conversion);
            if (detail::is_missing(own))
                return true;
            return s.credited([&](auto const& earlier) {
                decltype(auto) other = detail::project(action, earlier);
                return !detail::is_missing(other) &&
                       detail::compared_form(detail::value_in(other)) ==
                           detail::compared_form(detail::value_in(own));
            }) < count;
        }
    }
};

/// Admits a touchpoint that fewer than `k` earlier conversions have been credited to: it can be
/// credited with k conversions at most, the first ones. With a projection of conversions, with k of
/// each action: `credited_at_most(1, &order::action)` counts one conversion per interaction and
/// action.
///
/// Edges:      earlier means earlier in the order (time, row) of the customer's conversions, in a
///             stream (time, id). A conversion counts for each touchpoint that has credit of it, however
///             small. A conversion whose touchpoints are all used up is unattributed, and `explain`
///             tells it from others: `outcome::used_up`. A missing action equals nothing. May be
///             combined by && || ! like any other policy: `(click && credited_at_most(1)) || view`.
/// Errors:     std::invalid_argument if k is 0. A static_assert where it is not known what was
///             credited: in several `models`, in learning and path statistics, in a stream that
///             credits `at_once` or looks at what comes after a conversion.
/// Complexity: `attribute` and `explain` credit all conversions once more, customer by customer on one
///             thread; then as many looks per touchpoint as earlier conversions were credited to it.
/// Example:    examples/recipes/count_one_per_click.cpp
[[nodiscard]] constexpr auto credited_at_most(std::size_t k) {
    return credited_at_most_policy<detail::any_action>{k, {}};
}
template <class Action>
[[nodiscard]] constexpr auto credited_at_most(std::size_t k, Action action) {
    return credited_at_most_policy<Action>{k, std::move(action)};
}

}  // namespace attribution
