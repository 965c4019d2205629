// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/amount/round_together.hpp>
#include <attribution/concepts.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/report/report.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

struct rounded_fn {
    /// A report whose lines, the unattributed ones included, are rounded to a coarser unit so that
    /// they add up to the rounded total: from millionths to cents that still sum up.
    ///
    /// Units:      `unit` is how many of the amount's units make a coarse one: 10'000 for cents if
    ///             amounts are millionths. Amounts stay in the fine unit, as multiples of `unit`.
    /// Edges:      ties go to the earlier row. Works for integers, unsigned ones too, and money;
    ///             floating amounts have no units that add up, which a static_assert says.
    /// Errors:     as `round_together`.
    /// Complexity: O(g log g) for g rows.
    template <class Key, amount Amount>
    [[nodiscard]] constexpr auto operator()(report<report_row<Key, Amount>> const& lines,
                                            typename detail::units_of<Amount>::type unit) const {
        using units = detail::units_of<Amount>;
        static_assert(
            !std::floating_point<Amount>,
            "attribution: rounded() needs amounts in whole units, integers or money; lines of "
            "floating-point amounts do not add up to the cent, so attribute whole cents, or "
            "millionths of them");
        std::vector<typename units::type> fine;
        std::vector<report_row<Key, Amount>> rows;
        fine.reserve(lines.size());
        rows.reserve(lines.size());
        for (auto const& row : lines) {
            fine.push_back(units::count(row.amount));
            rows.push_back(row);
        }
        auto const coarse = round_together(fine, unit);
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].amount = units::make(coarse[i]);
        return report<report_row<Key, Amount>>{std::move(rows)};
    }
};

/// A report in a coarser unit, whose lines still add up. The arguments are those of `rounded_fn`.
inline constexpr rounded_fn rounded{};

}  // namespace attribution
