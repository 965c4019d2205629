// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/records/borrowed_rows.hpp>
#include <attribution/engine/records/record_checks.hpp>
#include <attribution/engine/values/project.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// Credits that were kept as records of the user's own, such as the rows of a table, and how to
/// read them. Made by `stored_credits`; *borrows* the container it was made from.
template <class Range, class Sale, class Touchpoint, class Value, class Share>
class stored_credit_records {
    using reference = decltype(std::declval<detail::rows<Range> const&>()[0]);

  public:
    using sale_type = std::remove_cvref_t<std::invoke_result_t<Sale const&, reference>>;
    using touchpoint_type = std::remove_cvref_t<std::invoke_result_t<Touchpoint const&, reference>>;
    using amount_type = std::remove_cvref_t<std::invoke_result_t<Value const&, reference>>;

    constexpr stored_credit_records(Range&& range, Sale sale_of, Touchpoint touchpoint_of,
                                    Value amount_of, Share share_of)
        : rows_{std::forward<Range>(range)}, sale_(std::move(sale_of)),
          touchpoint_(std::move(touchpoint_of)), amount_(std::move(amount_of)),
          share_(std::move(share_of)) {}

    [[nodiscard]] constexpr std::size_t size() const { return rows_.size(); }
    [[nodiscard]] constexpr reference operator[](std::size_t row) const& { return rows_[row]; }
    /// A temporary whose view holds its records itself returns a copy.
    [[nodiscard]] constexpr auto operator[](std::size_t row) const&& -> std::conditional_t<
        detail::is_view<Range>, std::remove_cvref_t<reference>, reference> {
        return rows_[row];
    }

    /// The id of the sale that the credit in this row is from.
    [[nodiscard]] constexpr decltype(auto) sale(std::size_t row) const& {
        return detail::project(sale_, rows_[row]);
    }
    [[nodiscard]] constexpr sale_type sale(std::size_t row) const&& {
        return detail::project(sale_, rows_[row]);
    }
    /// The id of the touchpoint; missing if the credit is unattributed.
    [[nodiscard]] constexpr decltype(auto) touchpoint(std::size_t row) const& {
        return detail::project(touchpoint_, rows_[row]);
    }
    [[nodiscard]] constexpr touchpoint_type touchpoint(std::size_t row) const&& {
        return detail::project(touchpoint_, rows_[row]);
    }
    [[nodiscard]] constexpr amount_type amount(std::size_t row) const {
        return std::invoke(amount_, rows_[row]);
    }
    [[nodiscard]] constexpr double share(std::size_t row) const {
        return static_cast<double>(std::invoke(share_, rows_[row]));
    }

  private:
    detail::rows<Range> rows_;
    [[no_unique_address]] Sale sale_;
    [[no_unique_address]] Touchpoint touchpoint_;
    [[no_unique_address]] Value amount_;
    [[no_unique_address]] Share share_;
};

namespace detail {

template <class Projection, class Range>
inline constexpr bool reads =
    std::is_invocable_v<Projection const&, ranges::range_reference_t<Range>>;

template <class Range, class Sale, class Touchpoint, class Value, class Share>
constexpr void check_stored() {
    static_assert(reads<Sale, Range> && reads<Touchpoint, Range> && reads<Value, Range> &&
                      reads<Share, Range>,
                  "attribution: stored_credits() needs the records and how to read off each the id "
                  "of its sale, its touchpoint, its amount and its share: pointers to members or "
                  "callables");
    static_assert(join_key<value_type_in<projected<Sale, Range>>> &&
                      join_key<value_type_in<projected<Touchpoint, Range>>>,
                  "attribution: the ids of sales and touchpoints must be comparable for equality "
                  "and hashable or ordered");
    static_assert(
        amount<projected<Value, Range>>,
        "attribution: the amount of a stored credit must be of the type of the value that "
        "was attributed: an integer, a floating-point number or money");
    static_assert(std::floating_point<projected<Share, Range>>,
                  "attribution: the share of a stored credit must be a floating-point number");
}

}  // namespace detail

/// Says, once, how `take_back` reads stored credits: the id of their sale, which touchpoint earned
/// them, the amount and the share.
///
/// Shape:      any forward range of records, in any order: the credits of the sales and what
///             earlier refunds took back from them. The touchpoint is any id, and a std::optional
///             that is empty if the credit is unattributed.
/// Units:      amount and share as they came out of `attribute` and `take_back`.
/// Edges:      credits of one sale and one touchpoint are added up. If touchpoints are named only
///             by their channel, credits are added up per channel, and a refund that takes back the
///             last of several may leave 10^-16 of a conversion.
/// Errors:     a static_assert says what is wrong with an argument.
/// Complexity: O(1) for random access; otherwise one pass and an iterator per row.
/// Example:    examples/recipes/refunds_months_later.cpp
template <class Range, class Sale, class Touchpoint, class Value, class Share>
[[nodiscard]] constexpr auto stored_credits(Range&& range, Sale sale, Touchpoint touchpoint,
                                            Value value, Share share) {
    detail::check_range<Range>();
    detail::check_stored<Range, Sale, Touchpoint, Value, Share>();
    return stored_credit_records<Range, Sale, Touchpoint, Value, Share>(
        std::forward<Range>(range), std::move(sale), std::move(touchpoint), std::move(value),
        std::move(share));
}

}  // namespace attribution
