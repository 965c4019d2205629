// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/report_model.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// How far the amounts of a report would be off in another sample: --intervals.
namespace examples {

/// What a model gives a channel, with the ends of its interval.
struct interval_line {
    std::size_t model = {};
    std::optional<std::string> channel = {};          // empty: what nobody earned
    value_range units = {};                           // of 10^-decimals
    std::string amount = {}, lower = {}, upper = {};  // as in the CSV files
};

/// Adds the lines of one model, those with credits. `by_channel` is a report of
/// attribution::with_intervals(attribution::by(...)).
template <class Report>
void add_interval_lines(std::vector<interval_line>& lines, std::size_t model,
                        Report const& by_channel, int decimals) {
    for (auto const& row : by_channel)
        if (row.credits > 0)
            lines.push_back(
                {model,
                 row.attributed && row.key ? std::optional{std::string{*row.key}} : std::nullopt,
                 {units(row.low, decimals), units(row.high, decimals)},
                 amount_text(row.amount, decimals),
                 amount_text(row.low, decimals),
                 amount_text(row.high, decimals)});
}

/// The lines of all models, one report for each.
template <class Report>
[[nodiscard]] std::vector<interval_line> interval_lines(std::vector<Report> const& by_channel,
                                                        int decimals) {
    std::vector<interval_line> lines;
    for (std::size_t model = 0; model < by_channel.size(); ++model)
        add_interval_lines(lines, model, by_channel[model], decimals);
    return lines;
}

/// Tells the report of them: the comparison has the ends in hundredths, rounded outwards, and there is
/// a table `intervals`, model by model in the order of the comparison, which is a file, a table of the
/// database and a part of the JSON.
///
/// Edges:      a channel to which a model gave nothing has the interval from 0 to 0, and no row.
/// Errors:     std::invalid_argument if a line is of a channel that the comparison does not have.
void add_intervals(report_model& report, std::vector<interval_line> const& lines);

[[nodiscard]] bool has_intervals(report_model const& report);

/// What they mean, and what they do not; empty without intervals.
[[nodiscard]] std::string meaning_of_intervals(report_model const& report);

/// "12.50 – 14.00", from 1,000 on in whole numbers, rounded outwards: "1,210 – 1,480".
[[nodiscard]] std::string range_text(value_range const& cents);

}  // namespace examples
