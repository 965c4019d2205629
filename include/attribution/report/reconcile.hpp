// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/engine/report/reconciling.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/reconciliation.hpp>

namespace attribution::inline v0_1 {

struct reconcile_fn {
    /// Proves a ledger: every conversion's credits add up to its value, exactly for integers and
    /// money.
    ///
    /// Arguments:  a ledger; `groups`, if any.
    /// Shape:      `groups` are projections of conversions, such as `by(&order::currency)`. Without
    ///             them there is one row for everything, even if there are no conversions. Rows are
    ///             sorted by key, ascending.
    /// Edges:      these are problems: a conversion without any credit, credits of rows that do not
    ///             exist, credits that are not finite, and a conversion with both attributed and
    ///             unattributed credit. What `take_back` took back counts as value that went out
    ///             again: `reconcile(back.net)` proves that what is left of every sale, an excess
    ///             included, is its value less its refunds. Floating amounts may be off by their
    ///             rounding: 10^-12 (float: 10^-5) of a conversion's value and refunds.
    /// Errors:     std::overflow_error if a sum does not fit; `check()` throws if anything does not
    ///             reconcile.
    /// Complexity: one pass over conversions and credits. It takes no `parallel`, because it spends
    ///             its time on reading them.
    template <class Conversions, class Touchpoints, amount Amount, class... Projections>
    [[nodiscard]] auto operator()(ledger<Conversions, Touchpoints, Amount> const& credits,
                                  grouping<Projections...> const& groups) const {
        return detail::reconcile_groups(credits, groups.bind_conversions(credits.conversions()), 0);
    }

    /// As above, for all conversions together.
    template <class Conversions, class Touchpoints, amount Amount>
    [[nodiscard]] auto operator()(ledger<Conversions, Touchpoints, Amount> const& credits) const {
        return detail::reconcile_groups(credits, detail::all_conversions{}, 1);
    }
};

/// Proves that a ledger holds exactly the value that went in. The arguments are those of
/// `reconcile_fn`.
inline constexpr reconcile_fn reconcile{};

}  // namespace attribution
