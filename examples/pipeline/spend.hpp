// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/amounts.hpp>
#include <pipeline/records.hpp>

#include <support/output.hpp>

#include <attribution/attribution.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

/// What the channels cost, set against what they earned.
namespace pipeline {

/// A ratio that may have no value: without spend there is no return on it.
[[nodiscard]] inline std::string ratio_text(std::optional<double> ratio) {
    return ratio ? fmt::format("{:.12g}", *ratio) : "undefined";
}

/// One line per channel and month of its touchpoints, also where there is only spend or only
/// pipeline; last, without channel and month, the pipeline that nobody earned. `amount_of` makes an
/// amount of an expense what opportunities have.
template <class Ledger, class AmountOf>
void write_returns(examples::csv_writer file, Ledger const& credits,
                   std::vector<expense> const& spend, AmountOf amount_of, int decimals) {
    namespace att = attribution;
    auto const spent = att::spending(spend, &expense::channel, &expense::month, amount_of);
    file.row("channel_name", "period", "spend", "linear_pipeline", "conversions",
             "cost_per_conversion", "roi", "roas");
    for (auto const& row : credits | att::return_on_ad_spend(spent, &touchpoint::channel,
                                                             att::month_of(&touchpoint::time))) {
        auto cost = row.cost_per_conversion();
        if (cost)
            *cost = in_whole_units(row.spend, *cost, decimals);
        file.row(row.channel.value_or(""), row.period ? date::format("%Y-%m", *row.period) : "",
                 amount_text(row.spend, decimals), amount_text(row.amount, decimals),
                 fmt::format("{:.12g}", row.conversions), ratio_text(cost), ratio_text(row.roi()),
                 ratio_text(row.roas()));
    }
}

}  // namespace pipeline
