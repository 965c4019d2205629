// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/attribute.hpp>
#include <attribution/parallel.hpp>
#include <attribution/report/by.hpp>

namespace attribution {

/// Several models side by side: one row per group, one column per model, one pass over one join.
///
/// Shape:      `row.key`, `row.attributed` and `row[i].amount` for the i-th model, in the order in
///             which the models are given. Every column adds up to the same total.
/// Edges:      a group that only some models credit has 0 in the others' columns.
/// Errors:     as `attribute`.
/// Complexity: the path look-ups once; each model's work as in `attribute`. With `parallel{n}`
///             first, on several threads: the same bytes.
template <class Journeys, class Policy, class... Projections, class... Models>
[[nodiscard]] constexpr auto compare(parallel how, Journeys const& journeys, Policy const& p,
                                     grouping<Projections...> const& groups,
                                     Models const&... models) {
    static_assert(detail::is_journeys<Journeys>,
                  "attribution: compare() needs join(conversions, touchpoints)");
    static_assert(sizeof...(Models) > 0, "attribution: compare() needs a model");
    detail::check_policy<Journeys, Policy>();
    (detail::check_model<Journeys, Models>(), ...);
    auto tallies =
        groups.template bind<sizeof...(Models)>(journeys.conversions(), journeys.touchpoints());
    detail::tally_all(how, journeys, p, tallies, models...);
    return tallies.finish();
}

/// As above, on one thread.
template <class Journeys, class Policy, class... Projections, class... Models>
[[nodiscard]] constexpr auto compare(Journeys const& journeys, Policy const& p,
                                     grouping<Projections...> const& groups,
                                     Models const&... models) {
    return compare(parallel{1}, journeys, p, groups, models...);
}

}  // namespace attribution
