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
    ///             By `in_currency`, it may be a callable that gives the unit of a currency, which is
    ///             1'000'000 for yen; lines are rounded to add up within each currency.
    /// Edges:      ties go to the earlier row. Works for integers, unsigned ones too, and money;
    ///             floating amounts have no units that add up, which a static_assert says.
    /// Errors:     as `round_together`.
    /// Complexity: O(g log g) for g rows.
    template <class Key, amount Amount, class Currency>
    [[nodiscard]] constexpr auto
    operator()(report<report_row<Key, Amount, cell<Amount>, Currency>> const& lines,
               typename detail::units_of<Amount>::type unit) const {
        if constexpr (detail::some_currency<Currency>) {
            return (*this)(lines, [unit](auto const&) { return unit; });
        } else {
            auto rows = rows_of(lines);
            round(rows, unit, [](auto const&) { return true; });
            return report{std::move(rows)};
        }
    }

    template <class Key, amount Amount, detail::some_currency Currency,
              detail::unit_of_currency<report_row<Key, Amount, cell<Amount>, Currency>> UnitOf>
    [[nodiscard]] constexpr auto
    operator()(report<report_row<Key, Amount, cell<Amount>, Currency>> const& lines,
               UnitOf const& unit_of) const {
        using unit = typename detail::units_of<Amount>::type;
        auto rows = rows_of(lines);
        for (auto const& currency : detail::currencies_in(lines))
            round(rows, static_cast<unit>(unit_of(currency)),
                  [&](auto const& row) { return detail::same_currency(row.currency(), currency); });
        return report{std::move(rows)};
    }

  private:
    template <class Row>
    static constexpr std::vector<Row> rows_of(report<Row> const& lines) {
        static_assert(
            !std::floating_point<typename Row::amount_type>,
            "attribution: rounded() needs amounts in whole units, integers or money; lines of "
            "floating-point amounts do not add up to the cent, so attribute whole cents, or "
            "millionths of them");
        return {lines.begin(), lines.end()};
    }

    /// Rounds the lines that are wanted, together.
    template <class Row, class Unit, class Wanted>
    static constexpr void round(std::vector<Row>& rows, Unit unit, Wanted wanted) {
        using units = detail::units_of<typename Row::amount_type>;
        std::vector<typename units::type> fine;
        fine.reserve(rows.size());
        for (auto const& row : rows)
            if (wanted(row))
                fine.push_back(units::count(row.amount));
        auto const coarse = round_together(fine, unit);
        std::size_t next = 0;
        for (auto& row : rows)
            if (wanted(row))
                row.amount = units::make(coarse[next++]);
    }
};

/// A report in a coarser unit, whose lines still add up. The arguments are those of `rounded_fn`.
inline constexpr rounded_fn rounded{};

}  // namespace attribution
