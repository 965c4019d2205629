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
/// The ratios are numbers, and empty where they are undefined; they are never infinite. With intervals,
/// a row has the ends of the amount, of the share of all value, and of the ratios: spend is certain.
template <class Channel, class Period, amount Amount, amount Spend, class Cell = cell<Amount>>
struct return_on_ad_spend_row : Cell {
    using amount_type = Amount;
    using spend_type = Spend;
    static constexpr bool has_interval = requires(Cell const& earned) { earned.low; };

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
    [[nodiscard]] constexpr std::optional<double> roi() const { return roi_at(this->amount); }
    /// Return on advertising spend: value / spend, so that 1 is breaking even; undefined unless the
    /// spend is positive.
    [[nodiscard]] constexpr std::optional<double> roas() const { return roas_at(this->amount); }

    /// The ends of the interval of `roi`, and of `roas`; undefined where that is. Only
    /// `with_intervals`.
    [[nodiscard]] constexpr std::optional<double> roi_low() const requires has_interval {
        return roi_at(this->low);
    }
    [[nodiscard]] constexpr std::optional<double> roi_high() const requires has_interval {
        return roi_at(this->high);
    }
    [[nodiscard]] constexpr std::optional<double> roas_low() const requires has_interval {
        return roas_at(this->low);
    }
    [[nodiscard]] constexpr std::optional<double> roas_high() const requires has_interval {
        return roas_at(this->high);
    }

  private:
    constexpr std::optional<double> roi_at(Amount const& earned) const {
        if (!(spend > Spend{}))
            return std::nullopt;
        return finite(detail::surplus(earned, spend) / detail::as_double(spend));
    }
    constexpr std::optional<double> roas_at(Amount const& earned) const {
        if (!(spend > Spend{}))
            return std::nullopt;
        return finite(detail::as_double(earned) / detail::as_double(spend));
    }
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

    /// One row per channel, all periods together. Not with intervals, whose ends do not add up: give
    /// `return_on_ad_spend` a projection to one long period instead.
    [[nodiscard]] constexpr return_on_ad_spend_report over_periods() const
        requires(!Row::has_interval) {
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

    /// Everything in one row, the unattributed value included. Not with intervals.
    [[nodiscard]] constexpr Row total() const requires(!Row::has_interval) {
        return sum(this->begin(), this->end());
    }

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
