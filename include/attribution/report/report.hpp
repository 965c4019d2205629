// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/memory/owned_range.hpp>
#include <attribution/engine/report/currencies.hpp>
#include <attribution/engine/report/sorted_rows.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/report/currency_total.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// One line of a report: a group and what it has earned.
///
/// `key` is what the group's projections give; a tuple for several. A projection of touchpoints
/// gives a std::optional, empty in the lines of unattributed value. What it has earned is a `cell`,
/// or an `interval_cell` in reports of `with_intervals`. Rows by `in_currency` have a `currency()`.
template <class Key, amount Amount, class Cell = cell<Amount>, class Currency = detail::no_currency>
struct report_row : Cell {
    using key_type = Key;
    using amount_type = Amount;

    Key key;
    bool attributed;

    constexpr report_row(Key k, bool earned, std::array<Cell, 1> const& cells)
        : Cell(cells[0]), key(std::move(k)), attributed{earned} {}

    [[nodiscard]] constexpr Cell const& operator[](std::size_t) const& noexcept { return *this; }
    [[nodiscard]] constexpr Cell operator[](std::size_t) const&& { return *this; }

    [[nodiscard]] constexpr auto const&
    currency() const& noexcept requires detail::some_currency<Currency> {
        return Currency::in(key);
    }
    [[nodiscard]] constexpr auto currency() const&& requires detail::some_currency<Currency> {
        return Currency::in(key);
    }
};

/// One line of a comparison: a group and what it has earned by each model, in the order in which
/// the models were given.
template <class Key, amount Amount, std::size_t Models, class Cell = cell<Amount>,
          class Currency = detail::no_currency>
struct comparison_row {
    using key_type = Key;
    using amount_type = Amount;

    Key key;
    bool attributed;
    std::array<Cell, Models> models;

    constexpr comparison_row(Key k, bool earned, std::array<Cell, Models> const& cells)
        : key(std::move(k)), attributed{earned}, models{cells} {}

    [[nodiscard]] constexpr Cell const& operator[](std::size_t model) const& noexcept {
        return models[model];
    }
    [[nodiscard]] constexpr Cell operator[](std::size_t model) const&& { return models[model]; }

    [[nodiscard]] constexpr auto const&
    currency() const& noexcept requires detail::some_currency<Currency> {
        return Currency::in(key);
    }
    [[nodiscard]] constexpr auto currency() const&& requires detail::some_currency<Currency> {
        return Currency::in(key);
    }
};

/// A table of groups that adds up: the attributed groups by key, ascending, then the unattributed
/// value.
///
/// Without a projection of conversions among the groups' projections there is exactly one
/// unattributed row, also when it is 0; otherwise one per group of conversions that has any.
template <class Row>
class report : public detail::owned_range<Row> {
  public:
    using row_type = Row;
    using amount_type = typename Row::amount_type;

    constexpr explicit report(std::vector<Row> rows) : detail::owned_range<Row>{std::move(rows)} {}

    /// All value, attributed and unattributed, by the model of that number.
    ///
    /// Errors:     std::overflow_error if it does not fit; std::domain_error if rows by `in_currency`
    ///             have several currencies, also for `unattributed`.
    [[nodiscard]] constexpr amount_type total(std::size_t model = 0) const {
        check_currency("report: total()");
        return sum(model, [](Row const&) { return true; });
    }
    [[nodiscard]] constexpr amount_type unattributed(std::size_t model = 0) const {
        check_currency("report: unattributed()");
        return sum(model, [](Row const& row) { return !row.attributed; });
    }

    /// The same of each currency, in the order of currencies. Only by `in_currency`.
    [[nodiscard]] constexpr auto
    totals(std::size_t model = 0) const requires detail::has_currency<Row> {
        std::vector<currency_total<detail::currency_type<Row>, amount_type>> all;
        for (auto const& currency : detail::currencies_in(*this)) {
            auto const of_it = [&](Row const& row) {
                return detail::same_currency(row.currency(), currency);
            };
            all.push_back({currency, sum(model, of_it), sum(model, [&](Row const& row) {
                               return !row.attributed && of_it(row);
                           })});
        }
        return all;
    }

    /// The same rows, by amount descending (of the model of that number), equal amounts by key; the
    /// unattributed ones stay last. By `in_currency`: currency by currency.
    [[nodiscard]] constexpr report largest_first(std::size_t model = 0) const {
        return report{detail::sorted_rows(this->elements_, [&](Row const& a, Row const& b) {
            if (a.attributed != b.attributed)
                return a.attributed;
            if constexpr (detail::has_currency<Row>)
                if (!detail::same_currency(a.currency(), b.currency()))
                    return detail::comes_before(a.currency(), b.currency());
            if (a[model].amount != b[model].amount)
                return a[model].amount > b[model].amount;
            return detail::comes_before(a.key, b.key);
        })};
    }

  private:
    constexpr void check_currency([[maybe_unused]] char const* what) const {
        if constexpr (detail::has_currency<Row>)
            detail::check_one_currency(*this, what);
    }

    template <class Wanted>
    constexpr amount_type sum(std::size_t model, Wanted wanted) const {
        running_total<amount_type> total;
        for (auto const& row : *this)
            if (wanted(row))
                total.add(row[model].amount);
        return total.value();
    }
};

}  // namespace attribution
