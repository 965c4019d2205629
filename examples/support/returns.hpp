// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/output.hpp>
#include <support/spend.hpp>
#include <support/usual_rules.hpp>

#include <attribution/quality/findings.hpp>
#include <attribution/quality/unique.hpp>
#include <attribution/report/month_of.hpp>
#include <attribution/report/return_on_ad_spend.hpp>
#include <attribution/report/spending.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What channels cost, set against what they earned.
namespace examples {

/// What is wrong with a file of spend, beside the channels of the touchpoints. Rows have the numbers of their
/// lines.
[[nodiscard]] inline attribution::findings
validate_spend(std::vector<expense> const& spend, std::vector<std::string> const& channels) {
    file_checks checks;
    checks.add(known_name("spend channel", spend, &expense::channel,
                          "spend is of a channel that no touchpoint has", channels));
    checks.check(
        spend,
        warning_unless("spend is not negative", "spend is negative",
                       [](expense const& cost) { return cost.amount.value >= exact_amount{}; }),
        warning_unless("spend is exact",
                       "spend was rounded: all amounts do not fit with its decimals",
                       [](expense const& cost) { return !cost.amount.rounded; }),
        rare(attribution::unique("spend of a month", [](expense const& cost) {
                 return fmt::format("{}\n{}\n{}", std::string{cost.channel},
                                    date::format("%Y-%m", cost.month), cost.amount.value.units());
             }).as(attribution::severity::warning)));
    return checks.found();
}

/// What channels cost and what they earned, by month. `rows` are those of
/// attribution::return_on_ad_spend, whose channels are texts and whose periods are months; `earned` is
/// the title of what they earned. A ratio to nothing is undefined.
template <class Rows>
void write_returns(csv_writer file, std::string const& earned, Rows const& rows, int decimals) {
    auto const ratio = [](std::optional<double> value) {
        return value ? fmt::format("{:.12g}", *value) : "undefined";
    };
    file.row("channel_name", "period", "spend", earned, "conversions", "cost_per_conversion", "roi",
             "roas");
    for (auto const& row : rows) {
        auto cost = row.cost_per_conversion();
        if (cost)
            *cost = in_whole_units(row.spend, *cost, decimals);
        file.row(row.channel ? std::string_view{*row.channel} : std::string_view{},
                 row.period ? date::format("%Y-%m", *row.period) : "",
                 amount_text(row.spend, decimals), amount_text(row.amount, decimals),
                 fmt::format("{:.12g}", row.conversions), ratio(cost), ratio(row.roi()),
                 ratio(row.roas()));
    }
}

/// The same of credits and a file of spend. `channel` and `time` are those of touchpoints, and
/// `amount_of` is what counts of an exact amount.
template <class Ledger, class AmountOf, class Channel, class Time>
void write_returns(csv_writer file, std::string const& earned, Ledger const& credits,
                   std::vector<expense> const& spend, AmountOf amount_of, Channel channel,
                   Time time, int decimals) {
    auto const spent =
        attribution::spending(spend, &expense::channel, &expense::month,
                              [&](expense const& cost) { return amount_of(cost.amount.value); });
    write_returns(file, earned,
                  credits |
                      attribution::return_on_ad_spend(spent, channel, attribution::month_of(time)),
                  decimals);
}

}  // namespace examples
