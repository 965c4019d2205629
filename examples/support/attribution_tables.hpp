// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/attribution_report.hpp>
#include <support/output.hpp>
#include <support/report_model.hpp>
#include <support/text_table.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Tables of one attribution that not every report has.
namespace examples {

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

/// Which channel and which group of conversions had most by each model, for the terminal. A model
/// shares a conversion out among channels; its group is its own, so that all models agree on it.
template <class ByChannel, class ByGroup>
[[nodiscard]] std::string
largest_text(report_model const& report, std::vector<ByChannel> const& by_channel,
             std::string const& group_title, std::vector<ByGroup> const& by_group) {
    text_table table{
        {"model", "largest " + report.words.channel, "amount", "largest " + group_title, "amount"}};
    auto const cents = [&](auto const& row) {
        return cents_text(to_cents(report, units(row.amount, report.unit_decimals)));
    };
    for (std::size_t model = 0; model < by_channel.size(); ++model) {
        auto const channel = by_channel[model].largest_first()[0];
        auto const groups = by_group[model].largest_first();  // none, if there are no conversions
        if (channel.attributed)
            table.row({report.models[model].title, std::string{*channel.key}, cents(channel),
                       std::string{groups[0].key}, cents(groups[0])});
    }
    return table.text();
}

}  // namespace examples
