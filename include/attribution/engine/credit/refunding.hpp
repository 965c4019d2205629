// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/taken_credits.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/credit/sale_book.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// The rows of refunds in the order in which they happened.
template <class Refunds>
std::vector<std::size_t> by_time(Refunds const& refunds) {
    using time = typename Refunds::time_type;
    std::vector<std::pair<time, std::size_t>> order;
    order.reserve(refunds.size());
    for (std::size_t row = 0; row < refunds.size(); ++row)
        order.emplace_back(
            on_time_line(refunds.time(row), "take_back: the time of the refund in row ", row), row);
    std::sort(order.begin(), order.end());
    std::vector<std::size_t> rows;
    rows.reserve(order.size());
    for (auto const& [at, row] : order)
        rows.push_back(row);
    return rows;
}

/// Takes refunds back, once it has been given all credits.
template <class Sales, class Refunds>
class refunding {
    using amount_type = typename Refunds::value_type;

  public:
    refunding(Sales const& sales, Refunds const& refunds)
        : sales_{sales}, refunds_{refunds}, sale_of_(sales.sales_of(refunds)), book_{sales.size()} {
        for (auto const sale : sale_of_)
            if (sale != no_row)
                book_.expect_refunds(sale);
    }

    /// Is there a refund for the sale of this row?
    [[nodiscard]] bool concerns(std::size_t row) const {
        auto const sale = sales_.sale_in(row);
        return sale != no_row && book_.expects_refunds(sale);
    }

    /// Adds a credit of this row's sale; `first` is the row of the touchpoint's first credit.
    void add(std::size_t row, std::size_t touchpoint, std::size_t first, amount_type const& amount,
             double share) {
        book_.add(sales_.sale_in(row), touchpoint, first, amount, share);
    }

    /// Calls `applied(row of the sale, value)` for each refund whose sale is there, and returns
    /// everything that the refunds took back.
    template <class Applied>
    taken_credits<amount_type> take_all(Applied applied) {
        taken_credits<amount_type> taken;
        for (auto const row : detail::by_time(refunds_))
            if (sale_of_[row] == no_row)
                taken.unmatched.push_back(row);
            else
                take(row, taken, applied);
        return taken;
    }

  private:
    template <class Applied>
    void take(std::size_t row, taken_credits<amount_type>& taken, Applied& applied) {
        auto const value = refunds_.value(row);
        if (!is_finite_amount(value))
            throw std::domain_error{"take_back: the value of the refund in row " +
                                    std::to_string(row) + " is not a finite number"};
        auto const sale = sales_.row_of(sale_of_[row]);
        bool const excessive =
            book_.take(sale_of_[row], value, row,
                       [&](std::size_t touchpoint, amount_type const& part, double share) {
                           taken.credits.push_back({sale, touchpoint, part, share});
                           taken.refund.push_back(row);
                       });
        if (excessive)
            taken.excessive.push_back(row);
        applied(sale, value);
    }

    Sales const& sales_;
    Refunds const& refunds_;
    std::vector<std::size_t> sale_of_;
    sale_book<amount_type> book_;
};

}  // namespace attribution::detail
