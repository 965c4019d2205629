// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/engine/report/reconciling.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/reconciliation.hpp>

namespace attribution {

struct reconcile_fn {
    /// Proves a ledger: every conversion's credits add up to its value, exactly for integers and
    /// money.
    ///
    /// Arguments:  a ledger; `groups`, if any.
    /// Shape:      `groups` are projections of conversions, such as `by(&order::currency)`;
    ///             without, there is one row for everything, also of nothing. Rows come by key,
    ///             ascending.
    /// Edges:      a conversion without any credit, credits of rows that do not exist or that are
    ///             not finite, and attributed beside unattributed credit of one conversion are
    ///             problems. What `take_back` took back counts as value that went out again:
    ///             `reconcile(back.net)` proves that what is left of every sale, an excess
    ///             included, is its value less its refunds. Floating amounts may be off by 10^-12
    ///             (float: 10^-5) of a conversion's value and refunds, their rounding.
    /// Errors:     std::overflow_error if a sum does not fit; `check()` throws what is off.
    /// Complexity: one pass over conversions and credits: it takes no `parallel`, for reading them
    ///             is what takes its time.
    template <class Conversions, class Touchpoints, amount Amount, class... Projections>
    [[nodiscard]] auto operator()(ledger<Conversions, Touchpoints, Amount> const& credits,
                                  grouping<Projections...> const& groups) const {
        return detail::reconcile_groups(credits, groups.bind_conversions(credits.conversions()), 0);
    }

    /// As above, of all conversions together.
    template <class Conversions, class Touchpoints, amount Amount>
    [[nodiscard]] auto operator()(ledger<Conversions, Touchpoints, Amount> const& credits) const {
        return detail::reconcile_groups(credits, detail::all_conversions{}, 1);
    }
};

/// Proves that a ledger holds exactly the value that went in. The arguments are those of
/// `reconcile_fn`.
inline constexpr reconcile_fn reconcile{};

}  // namespace attribution
