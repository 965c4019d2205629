// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/engine/report/reconciling.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/reconciliation.hpp>

namespace attribution {

/// Proves a ledger: every conversion's credits add up to its value, exactly for integers and money.
///
/// Shape:      `groups` are projections of conversions, such as `by(&order::currency)`; without,
///             there is one row for everything, also of nothing. Rows come by key, ascending.
/// Edges:      a conversion without any credit, credits of rows that do not exist or that are not
///             finite, and attributed beside unattributed credit of one conversion are problems.
///             What `take_back` took back counts as value that went out again: `reconcile(back.net)`
///             proves that what is left of every sale, an excess included, is its value less its
///             refunds. Floating amounts may be off by 10^-12 (float: 10^-5) of a conversion's value
///             and refunds, their rounding.
/// Errors:     std::overflow_error if a sum does not fit; `check()` throws what is off.
/// Complexity: one pass over conversions and credits.
template <class Conversions, class Touchpoints, amount Amount, class... Projections>
[[nodiscard]] auto reconcile(ledger<Conversions, Touchpoints, Amount> const& credits,
                             grouping<Projections...> const& groups) {
    return detail::reconcile_groups(credits, groups.bind_conversions(credits.conversions()), 0);
}

template <class Conversions, class Touchpoints, amount Amount>
[[nodiscard]] auto reconcile(ledger<Conversions, Touchpoints, Amount> const& credits) {
    return detail::reconcile_groups(credits, detail::all_conversions{}, 1);
}

}  // namespace attribution
