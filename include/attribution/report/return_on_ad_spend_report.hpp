// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/engine/memory/owned_range.hpp>
#include <attribution/engine/report/common_group.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

namespace detail {

/// The number of an amount's units, as a double.
template <amount Amount>
constexpr double as_double(Amount const& whole) {
    if constexpr (std::floating_point<Amount>)
        return static_cast<double>(whole);
    else
        return static_cast<double>(units_of<Amount>::count(whole));
}

template <amount Value, amount Spend>
constexpr double surplus(Value const& value, Spend const& spend) {
    if constexpr (std::floating_point<Value>) {
        exact_sum difference;
        difference.add(static_cast<double>(value));
        difference.add(-static_cast<double>(spend));
        return difference.value();
    } else {
        return static_cast<double>(int128{units_of<Value>::count(value)} -
                                   int128{units_of<Spend>::count(spend)});
    }
}

}  // namespace detail

/// What a channel cost and what it earned, in one period.
///
/// `amount`, `conversions` (a sum of shares) and `credits` are what it earned, as in other reports.
/// The ratios are numbers, and empty where they are undefined; they are never infinite.
template <class Channel, class Period, amount Amount, amount Spend>
struct return_on_ad_spend_row : cell<Amount> {
    using amount_type = Amount;
    using spend_type = Spend;

    std::optional<Channel> channel;  // empty: unattributed value
    detail::maybe<Period> period;    // empty: it is missing; also in sums over all periods
    Spend spend{};
    std::size_t spend_rows = 0;  // 0: credit without spend; credits == 0: spend without credit

    /// spend / conversions, in the spend's units; undefined without conversions or without a row of
    /// spend (a row with spend 0 is enough).
    [[nodiscard]] constexpr std::optional<double> cost_per_conversion() const {
        if (!(this->conversions > 0) || spend_rows == 0)
            return std::nullopt;
        return detail::as_double(spend) / this->conversions;
    }
    /// Return on investment: (value - spend) / spend, so that 0 is breaking even; undefined unless
    /// the spend is positive.
    [[nodiscard]] constexpr std::optional<double> roi() const {
        if (!(spend > Spend{}))
            return std::nullopt;
        return finite(detail::surplus(this->amount, spend) / detail::as_double(spend));
    }
    /// Return on advertising spend: value / spend, so that 1 is breaking even; undefined unless the
    /// spend is positive.
    [[nodiscard]] constexpr std::optional<double> roas() const {
        if (!(spend > Spend{}))
            return std::nullopt;
        return finite(detail::as_double(this->amount) / detail::as_double(spend));
    }

  private:
    static constexpr std::optional<double> finite(double ratio) {
        if (!detail::is_finite(ratio))
            return std::nullopt;
        return ratio;
    }
};

/// Spend and earnings side by side: by channel and period, ascending; then the unattributed value,
/// without a channel.
///
/// Nothing drops out: spend without credit and credit without spend are rows of their own, so the
/// rows add up to all spend and all value.
template <class Row>
class return_on_ad_spend_report : public detail::owned_range<Row> {
  public:
    using row_type = Row;
    using amount_type = typename Row::amount_type;
    using spend_type = typename Row::spend_type;

    constexpr explicit return_on_ad_spend_report(std::vector<Row> rows)
        : detail::owned_range<Row>{std::move(rows)} {}

    /// One row per channel, all periods together.
    [[nodiscard]] constexpr return_on_ad_spend_report over_periods() const {
        std::vector<Row> rows;
        for (auto from = this->begin(); from != this->end();) {
            auto const to = std::find_if(
                from, this->end(), [&](Row const& row) { return row.channel != from->channel; });
            rows.push_back(sum(from, to));
            rows.back().channel = from->channel;
            from = to;
        }
        return return_on_ad_spend_report{std::move(rows)};
    }

    /// Everything in one row, the unattributed value included.
    [[nodiscard]] constexpr Row total() const { return sum(this->begin(), this->end()); }

  private:
    template <class Iterator>
    static constexpr Row sum(Iterator from, Iterator to) {
        running_total<amount_type> amount;
        running_total<spend_type> spend;
        detail::exact_sum conversions;
        Row whole{};
        for (; from != to; ++from) {
            amount.add(from->amount);
            spend.add(from->spend);
            conversions.add(from->conversions);
            whole.credits += from->credits;
            whole.spend_rows += from->spend_rows;
        }
        whole.amount = amount.value();
        whole.spend = spend.value();
        whole.conversions = conversions.value();
        return whole;
    }
};

}  // namespace attribution
