// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/attribution_report.hpp>
#include <support/report_model.hpp>
#include <support/text_table.hpp>

#include <cstddef>
#include <string>
#include <vector>

/// Tables of one attribution that not every report has.
namespace examples {

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
