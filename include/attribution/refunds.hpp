// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit.hpp>
#include <attribution/detail/interner.hpp>
#include <attribution/ledger.hpp>
#include <attribution/money/allocate.hpp>
#include <attribution/records.hpp>
#include <attribution/tally.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

/// What refunds took back. Made by `take_back`.
template <class Ledger>
struct taken_back {
    using credit_type = typename Ledger::credit_type;

    /// The sales' credits and, after each sale's, what its refunds took back: net per touchpoint.
    Ledger net;

    /// What the refunds took back alone, in the order in which they happened; amounts mirror the
    /// sale's credits, rows are the sale's. `refund[i]` is the refund's row of `credits[i]`.
    std::vector<credit_type> credits;
    std::vector<std::size_t> refund;

    /// Refunds of a sale that is not there, by row: nothing was taken back. Let them stand alone as
    /// conversions of negative value, or mend the data.
    std::vector<std::size_t> unmatched;

    /// Refunds of more than what their sale had left, by row: the excess is an unattributed credit.
    std::vector<std::size_t> excessive;
};

/// Takes back from each touchpoint exactly what it earned from a sale that is refunded.
///
/// Shape:      `refunds` are conversions whose *key is the sale's id*: `conversions(log,
///             &refund::order_id, &refund::at, &refund::cents)`; `id` is the projection of a sale
///             to it. A full refund takes back every credit of the sale, touch by touch; a partial
///             one is split in proportion to what is left of them, so that several partial ones
///             that add up to the sale take back all of it exactly.
/// Units:      a refund's value has the opposite sign of its sale's.
/// Edges:      refunds are applied in the order (time, row). A refund beyond what is left takes all
///             that is left, and the excess becomes an unattributed credit: nothing is clipped. The
///             share of a mirrored credit is its fraction of the sale, negative.
/// Errors:     std::invalid_argument if two sales have one id, or a refund has the sign of its
///             sale.
/// Complexity: O(r log r) for the refunds, O(n) per refund for its sale's n credits.
template <class Conversions, class Touchpoints, amount Amount, class Refunds, class Id>
    requires(!std::floating_point<Amount>)
[[nodiscard]] auto take_back(ledger<Conversions, Touchpoints, Amount> const& sales,
                             Refunds const& refunds, Id id) {
    using ledger_type = ledger<Conversions, Touchpoints, Amount>;
    using credit_type = credit<Amount>;
    using units = detail::units_of<Amount>;
    using unit_type = typename units::type;
    static_assert(std::is_same_v<typename Refunds::value_type, Amount>,
                  "attribution: refunds and sales must have one type of value");
    static_assert(std::is_signed_v<unit_type>,
                  "attribution: refunds are negative, so the amount must be signed");
    using id_type =
        std::remove_cvref_t<std::invoke_result_t<Id const&, typename Conversions::reference>>;

    auto const& conversions = sales.conversions();
    detail::interner<id_type> sale_ids;
    for (std::size_t row = 0; row < conversions.size(); ++row)
        if (sale_ids(std::invoke(id, conversions[row])) != row)
            throw std::invalid_argument{"take_back: the sale in row " + std::to_string(row) +
                                        " has the id of an earlier one; which is refunded?"};

    std::vector<std::vector<credit_type>> by_sale(conversions.size());
    std::vector<std::vector<unit_type>> left(conversions.size());
    for (auto const& one : sales) {
        by_sale[one.conversion].push_back(one);
        left[one.conversion].push_back(units::count(one.amount));
    }

    std::vector<std::size_t> order(refunds.size());
    for (std::size_t row = 0; row < order.size(); ++row)
        order[row] = row;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return refunds.time(a) < refunds.time(b);
    });

    taken_back<ledger_type> result{
        ledger_type{conversions, sales.touchpoints(), {}}, {}, {}, {}, {}};
    std::vector<std::vector<credit_type>> mirrored(conversions.size());
    detail::splitter split;
    for (auto const row : order) {
        auto const sale = sale_ids.find(id_type(refunds.key(row)));
        if (sale == sale_ids.none) {
            result.unmatched.push_back(row);
            continue;
        }
        auto const value = units::count(conversions.value(sale));
        detail::int128 const wanted = units::count(refunds.value(row));
        if (wanted == 0)
            continue;
        if ((wanted < 0) == (value < 0))
            throw std::invalid_argument{"take_back: the refund in row " + std::to_string(row) +
                                        " has the sign of its sale; a refund of a positive sale is "
                                        "negative"};
        detail::int128 rest = 0;
        std::vector<std::uint64_t> remaining;
        for (auto const amount : left[sale]) {
            rest += amount;
            remaining.push_back(static_cast<std::uint64_t>(amount < 0 ? -detail::int128{amount}
                                                                      : detail::int128{amount}));
        }
        auto const give = [&](std::size_t touchpoint, detail::int128 amount) {
            if (amount == 0)
                return;
            auto const share = static_cast<double>(amount) / static_cast<double>(value);
            credit_type const one{sale, touchpoint, units::make(static_cast<unit_type>(amount)),
                                  share};
            mirrored[sale].push_back(one);
            result.credits.push_back(one);
            result.refund.push_back(row);
        };
        auto const magnitude = [](detail::int128 x) { return x < 0 ? -x : x; };
        auto const taken = magnitude(wanted) < magnitude(rest) ? wanted : -rest;
        if (taken != 0) {
            split.weigh_units(remaining);
            std::vector<unit_type> parts(remaining.size(), unit_type{});
            split.split(static_cast<unit_type>(taken), std::span{parts});
            for (std::size_t i = 0; i < parts.size(); ++i) {
                left[sale][i] = static_cast<unit_type>(detail::int128{left[sale][i]} + parts[i]);
                give(by_sale[sale][i].touchpoint, parts[i]);
            }
        }
        if (wanted != taken) {
            result.excessive.push_back(row);
            give(no_row, wanted - taken);
        }
    }

    std::vector<credit_type> net;
    for (std::size_t sale = 0; sale < by_sale.size(); ++sale) {
        net.insert(net.end(), by_sale[sale].begin(), by_sale[sale].end());
        net.insert(net.end(), mirrored[sale].begin(), mirrored[sale].end());
    }
    result.net = ledger_type{conversions, sales.touchpoints(), std::move(net)};
    return result;
}

}  // namespace attribution
