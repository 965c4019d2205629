// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/ledger.hpp>
#include <attribution/engine/report/restating.hpp>
#include <attribution/report/restatement.hpp>

#include <concepts>

namespace attribution::inline v0_1 {

struct difference_fn {
    /// Why a report of the past is not what it was: every unit of value that is elsewhere in `after`
    /// than in `before` has one reason.
    ///
    /// Arguments:  two ledgers, what tells conversions and touchpoints apart in both (ids, as
    ///             projections), and the projection of touchpoints by which value is grouped.
    /// Returns:    a `restatement`. For each group, its rows add up to what `after | by(group)` has
    ///             less what `before | by(group)` had, exactly; for each reason, rows of conversions
    ///             in both ledgers add up to 0 unless their value changed.
    /// Reasons:    a conversion that is in one ledger only has come, or is gone. Of others, the
    ///             change of the value, and of what was refunded, is split by the shares that there
    ///             were. The rest moved between touchpoints for the first of these reasons that is
    ///             true of the customer: records merged, late or removed touchpoints, corrected
    ///             times or groups, other conversions that came or are gone; if nothing is, the model or the
    ///             policy is another. A touchpoint whose group was corrected takes its value along.
    /// Edges:      if the rules and the records of a customer changed, the records are the reason. To
    ///             tell both apart, attribute the new records by the old rules, too: of
    ///             `difference(before, between, ...)` and `difference(between, after, ...)` the
    ///             second one has the rules alone, and rows of both add up.
    /// Errors:     std::invalid_argument if an id is missing or there twice, or credits name rows
    ///             that do not exist; std::overflow_error if a sum does not fit; a static_assert for
    ///             floating amounts, which have no units that move.
    /// Complexity: O(n log n) for all credits and records.
    /// Source:     folklore: revenue bridges of controllers; the order of reasons is ours.
    /// Example:    examples/recipes/restated.cpp
    template <class Before, class After, class SaleId, class TouchId, class Group>
    [[nodiscard]] auto operator()(Before const& before, After const& after, SaleId sale_id,
                                  TouchId touch_id, Group group) const {
        using amount_type = typename Before::amount_type;
        static_assert(std::same_as<amount_type, typename After::amount_type>,
                      "attribution: difference() compares ledgers of one type of amount");
        static_assert(!std::floating_point<amount_type>,
                      "attribution: difference() needs amounts in whole units, such as cents or "
                      "money");
        return detail::restating<Before, After, SaleId, TouchId, Group>{before, after, sale_id,
                                                                        touch_id, group}();
    }
};

/// Why a report of the past is not what it was. The arguments are those of `difference_fn`.
inline constexpr difference_fn difference{};

}  // namespace attribution
