// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/engine/values/common_key.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/record_keys.hpp>

#include <cstddef>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Sales by the ids by which they are refunded: the number of each sale, its rows, and its refunds.
/// A missing id names no sale.
template <class Id, class Refunds>
class sale_index {
    using common =
        typename common_key<value_type_in<Id>, value_type_in<typename Refunds::key_type>>::type;

  public:
    void reserve(std::size_t rows) { sale_in_row_.reserve(rows); }

    /// Numbers the sale of the next row. False if an earlier row has the same sale.
    bool add(Id const& id) {
        auto const sale = is_missing(id) ? no_row : numbers_(probe(value_in(id)));
        sale_in_row_.push_back(sale);
        if (sale != rows_.size())
            return sale == no_row;
        rows_.push_back(sale_in_row_.size() - 1);
        return true;
    }

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    /// The number of the sale, or no_row.
    [[nodiscard]] std::size_t sale_in(std::size_t row) const { return sale_in_row_[row]; }
    /// The first row of a sale.
    [[nodiscard]] std::size_t row_of(std::size_t sale) const { return rows_[sale]; }

    /// The sale of every refund, by row.
    [[nodiscard]] std::vector<std::size_t> sales_of(Refunds const& refunds) const {
        std::vector<std::size_t> sales;
        sales.reserve(refunds.size());
        for (std::size_t row = 0; row < refunds.size(); ++row)
            sales.push_back(with_key<common>(
                refunds, row, no_row, [&](common const& id) { return numbers_.find(probe(id)); }));
        return sales;
    }

  private:
    using probe = probe_for<common>;
    interner<stored_for<common>, probe> numbers_;
    std::vector<std::size_t> sale_in_row_;
    std::vector<std::size_t> rows_;
};

}  // namespace attribution::detail
