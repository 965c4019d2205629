// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/attribute.hpp>
#include <attribution/report/by.hpp>

#include <cstddef>
#include <utility>

namespace attribution {

namespace detail {

template <class Journeys, class Policy, class Tally, std::size_t... I, class... Models>
constexpr void compare_into(Tally& tallies, Journeys const& journeys, Policy const& p,
                            std::index_sequence<I...>, Models const&... models) {
    crediting<typename Journeys::value_type> credits;
    journeys.for_each_path(p, [&](auto const& steps) {
        auto const value = journeys.conversions().value(steps.about().row());
        (credits(steps, value, models, [&](auto const& earned) { tallies(earned, I); }), ...);
    });
}

}  // namespace detail

/// Several models side by side: one row per group, one column per model, one pass over one join.
///
/// Shape:      `row.key`, `row.attributed` and `row[i].amount` for the i-th model, in the order in
///             which the models are given. Every column adds up to the same total.
/// Edges:      a group that only some models credit has 0 in the others' columns.
/// Errors:     as `attribute`.
/// Complexity: the path look-ups once; each model's work as in `attribute`.
template <class Journeys, class Policy, class... Projections, class... Models>
[[nodiscard]] constexpr auto compare(Journeys const& journeys, Policy const& p,
                                     grouping<Projections...> const& groups,
                                     Models const&... models) {
    static_assert(detail::is_journeys<Journeys>,
                  "attribution: compare() needs join(conversions, touchpoints)");
    static_assert(sizeof...(Models) > 0, "attribution: compare() needs a model");
    detail::check_policy<Journeys, Policy>();
    (detail::check_model<Journeys, Models>(), ...);
    auto tallies =
        groups.template bind<sizeof...(Models)>(journeys.conversions(), journeys.touchpoints());
    detail::compare_into(tallies, journeys, p, std::index_sequence_for<Models...>{}, models...);
    return tallies.finish();
}

}  // namespace attribution
