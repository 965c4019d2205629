// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/report/bound_dimension.hpp>
#include <attribution/engine/report/currencies.hpp>
#include <attribution/report/currency_total.hpp>

#include <utility>

namespace attribution::inline v0_1 {

namespace detail {

template <class Projection>
struct currency_dimension : conversion_dimension<Projection> {};

template <class P>
inline constexpr bool says_its_side<currency_dimension<P>> = true;
template <class P>
inline constexpr bool projects_currency<currency_dimension<P>> = true;

template <class P, class Conversions, class Touchpoints>
class bound_dimension<currency_dimension<P>, Conversions, Touchpoints>
    : public bound_dimension<conversion_dimension<P>, Conversions, Touchpoints> {
  public:
    static constexpr bool of_currency = true;

    using bound_dimension<conversion_dimension<P>, Conversions, Touchpoints>::bound_dimension;
};

}  // namespace detail

/// A projection of conversions to the currency of their value, for `by`, where only the records know
/// it: `by(&touch::channel, in_currency(&order::currency))`. Groups are those of the projection; what
/// would add one currency to another is refused. Where programs know the currency, `money` refuses at
/// compile time.
///
/// Shape:      rows have `currency()`; `totals()` of the report is a `currency_total` for each
///             currency. Several models, `with_intervals`, streams and threads are as with `by`. Shares
///             of `with_intervals`, and the order of `largest_first`, are within a currency; so is
///             `rounded`, whose unit may depend on the currency.
/// Units:      each amount is in units of its own currency: cents of EUR, whole JPY.
/// Edges:      a currency is anything that groups: text, an enumerator, a number. An empty
///             std::optional is a currency of its own, before the others. Sums are those of the
///             projection itself, so that `to_bytes` gives the same bytes, and partial results of both
///             merge: the refusal belongs to the report.
/// Errors:     std::domain_error from `total()` and `unattributed()` of a report with several
///             currencies, which names two; a NaN and a null pointer to text as in `by`. A
///             static_assert refuses two currencies of one amount, `calibrated`, and
///             `return_on_ad_spend`, which add up everything. `influence` and `difference` do not
///             know of currencies: give them the records of one.
/// Example:    examples/recipes/several_currencies.cpp
template <class Projection>
[[nodiscard]] constexpr auto in_currency(Projection currency) {
    return detail::currency_dimension<Projection>{{std::move(currency)}};
}

}  // namespace attribution
