// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/credit/stored_credits.hpp>
#include <attribution/credit/taken_credits.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/engine/credit/refunding.hpp>
#include <attribution/engine/credit/sale_index.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

namespace detail {

template <class Refunds, class Amount>
constexpr void check_refunds() {
    static_assert(is_conversion_records<Refunds>,
                  "attribution: take_back() needs refunds as conversions(log, &refund::order_id, "
                  "&refund::at, &refund::value), whose key is the id of the sale");
    if constexpr (is_conversion_records<Refunds>)
        static_assert(std::is_same_v<typename Refunds::value_type, Amount>,
                      "attribution: refunds and sales must have one type of value");
    static_assert(std::is_signed_v<typename units_of<Amount>::type>,
                  "attribution: refunds are negative, so the amount must be signed");
}

}  // namespace detail

/// Takes refunds back, see `take_back`.
struct take_back_fn {
    /// Takes back from each touchpoint what it earned from a sale that is refunded.
    ///
    /// Shape:      `refunds` are conversions whose *key is the sale's id*: `conversions(log,
    ///             &refund::order_id, &refund::at, &refund::cents)`; `id` is the projection of a
    ///             sale to that id. A full refund takes back every credit of the sale, touchpoint
    ///             by touchpoint. A partial refund is split in proportion to what is left of the
    ///             credits, so that several partial refunds that add up to the sale take back all
    ///             of it exactly.
    /// Units:      a refund's value has the opposite sign of its sale's.
    /// Edges:      Refunds are applied in the order (time, row). A credit that takes back has a
    ///             negative share: the same fraction of the touchpoint's share as the refund is of
    ///             what is left of the sale. So a tally shows 0 conversions after a full refund,
    ///             0.6 after a refund of 40%, and never less than 0.
    ///             A refund of more than is left takes back all that is left, and the excess
    ///             becomes an unattributed credit of share 0: nothing is clipped. A refund of 500
    ///             for a sale of 100 gives 0 conversions and -400 unattributed. A refund of a sale
    ///             worth 0 (goodwill) is all excess: the sale stays one conversion. A refund of 0
    ///             takes nothing back.
    ///             A missing id (an empty std::optional or a NaN) matches nothing: a refund with
    ///             one is unmatched, and a sale with one is never refunded. Ids of different types
    ///             are equal if their values are exactly equal.
    ///             Floating amounts: each part is rounded once, to the last digit of the
    ///             touchpoint's own amount. A refund that leaves less than the rounding of its sale
    ///             (10^-12 of it) counts as full, and a full refund takes back exactly what was
    ///             given.
    ///             `result.net` is a ledger: it reconciles, and more refunds can be taken back from
    ///             it.
    /// Errors:     std::invalid_argument if two sales have the same id, or if a refund has the sign
    ///             of its sale (or is positive, and its sale is worth 0); std::domain_error, naming
    ///             the row, if a refund's time is a NaN or its value is not finite.
    /// Complexity: O(r log r) for the refunds, O(n) per refund for its sale's n credits.
    /// Example:    examples/recipes/refunds.cpp
    template <class Conversions, class Touchpoints, amount Amount, class Refunds, class Id>
    [[nodiscard]] auto operator()(ledger<Conversions, Touchpoints, Amount> const& sales,
                                  Refunds const& refunds, Id id) const {
        using ledger_type = ledger<Conversions, Touchpoints, Amount>;
        detail::check_refunds<Refunds, Amount>();
        static_assert(
            std::is_invocable_v<Id const&, typename Conversions::reference>,
            "attribution: the third argument of take_back() must read the id off a sale: a "
            "pointer to member or a callable");
        using id_type =
            std::remove_cvref_t<std::invoke_result_t<Id const&, typename Conversions::reference>>;

        auto const& conversions = sales.conversions();
        detail::sale_index<id_type, Refunds> index;
        index.reserve(conversions.size());
        for (std::size_t row = 0; row < conversions.size(); ++row)
            if (!index.add(detail::project(id, conversions[row])))
                throw std::invalid_argument{"take_back: the sale in row " + std::to_string(row) +
                                            " has the id of an earlier one; which is refunded?"};

        detail::refunding refunding{index, refunds};
        for (auto const& one : sales) {
            if (one.conversion >= conversions.size())
                throw std::invalid_argument{"take_back: a credit names conversion row " +
                                            std::to_string(one.conversion) +
                                            ", which does not exist"};
            if (refunding.concerns(one.conversion))
                refunding.add(one.conversion, one.touchpoint, one.touchpoint, one.amount,
                              one.share);
        }

        auto changes = sales.changes();
        auto taken = refunding.take_all([&](std::size_t row, Amount const& value) {
            changes.push_back({row, value});
        });
        typename ledger_type::credits_type net(sales.begin(), sales.end());
        net.insert(net.end(), taken.credits.begin(), taken.credits.end());
        std::stable_sort(net.begin(), net.end(),
                         [](auto const& a, auto const& b) { return a.conversion < b.conversion; });
        return taken_back<ledger_type>{
            std::move(taken),
            ledger_type{conversions, sales.touchpoints(), std::move(net), std::move(changes)}};
    }

    /// Takes back from stored credits, months after their sales are gone from memory.
    ///
    /// Shape:      as above. `credits` are all stored credits of the refunded sales, including what
    ///             earlier refunds took back. In the result, `conversion` is the row of the sale's
    ///             first stored credit, and `touchpoint` the row of that touchpoint's first stored
    ///             credit of the sale. Store the result beside the others: later refunds need it.
    /// Edges:      as above. The credits are the same as if all refunds had been taken back at
    ///             once, in the order in which they were. A sale's own credits are those with a
    ///             share above 0.
    /// Errors:     as above; std::domain_error if a credit of a refunded sale has an amount that is
    ///             not finite, or a share outside of [-1, 1]; std::invalid_argument if a touchpoint
    ///             has more than its whole sale, as when credits are stored twice.
    /// Complexity: O(n) for n stored credits, and as above.
    /// Example:    examples/recipes/refunds_months_later.cpp
    template <class Range, class Sale, class Touchpoint, class Value, class Share, class Refunds>
    [[nodiscard]] auto
    operator()(stored_credit_records<Range, Sale, Touchpoint, Value, Share> const& credits,
               Refunds const& refunds) const {
        using records_type = stored_credit_records<Range, Sale, Touchpoint, Value, Share>;
        using amount_type = typename records_type::amount_type;
        using touchpoint_id = detail::value_type_in<typename records_type::touchpoint_type>;
        detail::check_refunds<Refunds, amount_type>();

        detail::sale_index<typename records_type::sale_type, Refunds> index;
        index.reserve(credits.size());
        for (std::size_t row = 0; row < credits.size(); ++row)
            index.add(credits.sale(row));

        detail::refunding refunding{index, refunds};
        using probe = detail::probe_for<touchpoint_id>;
        detail::interner<detail::stored_for<touchpoint_id>, probe> touchpoints;
        for (std::size_t row = 0; row < credits.size(); ++row) {
            if (!refunding.concerns(row))
                continue;
            decltype(auto) touchpoint = credits.touchpoint(row);
            auto const number = detail::is_missing(touchpoint)
                                    ? no_row
                                    : touchpoints(probe(detail::value_in(touchpoint)));
            refunding.add(row, number, row, credits.amount(row), credits.share(row));
        }
        return refunding.take_all([](std::size_t, amount_type const&) {});
    }
};

/// Takes back what touchpoints earned from refunded sales. The arguments are those of `take_back_fn`.
inline constexpr take_back_fn take_back{};

}  // namespace attribution
