// SPDX-License-Identifier: BSL-1.0
#include <krispcall/report.hpp>

#include <krispcall/audit.hpp>
#include <krispcall/policies.hpp>
#include <krispcall/table.hpp>

#include <support/money_text.hpp>

#include <attribution/attribution.hpp>

#include <fmt/format.h>
#include <range/v3/view/filter.hpp>

#include <algorithm>
#include <cstdint>
#include <span>

namespace att = attribution;

namespace krispcall {

namespace {

/// First touch, and the chosen model over an account's platforms, each counted once.
auto attribute_to_connects(records const &data, report_kind report) {
    auto const connects =
        att::touchpoints(data.integrations | ranges::views::filter(&integration::connects),
                         &integration::account, &integration::at);
    auto const journeys = att::join(revenue_of(data), connects);
    auto const with = [&](auto const &chosen) {
        return att::compare(journeys, at_any_time, att::by(&integration::platform),
                            att::first_touch, att::over_distinct(&integration::platform, chosen));
    };
    return report == report_kind::summary
               ? with(att::position_based(0.4, 0.4, att::two_touches{60, 40}))
               : with(att::linear);
}

/// By what was used: seconds of calls, and segments of messages as so many seconds each.
auto attribute_to_usage(records const &data, std::chrono::milliseconds segment) {
    auto const usages = att::touchpoints(data.usages, &usage::account, &usage::at);
    auto const used = [segment](usage const &use) {
        return (use.length + use.segments * segment).count();
    };
    return att::attribute(revenue_of(data), usages, att::usage_weighted(used),
                          in_life && while_connected(data), att::by(&usage::platform));
}

/// A model's column of a report, rounded to cents; `nobody` names what no platform earned.
template <class Report>
table rounded(Report const &report, std::size_t model, std::string const &nobody, rounding how) {
    struct line {
        std::string platform;
        std::int64_t units;
    };
    std::vector<line> lines;
    for (auto const &row : report)
        if (row[model].credits > 0)
            lines.push_back({row.key.value_or(nobody), row[model].amount.units()});
    std::ranges::sort(lines, {}, &line::platform);

    std::vector<std::int64_t> units;
    for (auto const &line : lines)
        units.push_back(line.units);
    auto const fine = std::span<std::int64_t const>{units};
    auto const together = att::round_together(fine, cent);
    auto const alone = [&](std::size_t i) {
        return att::round_together(fine.subspan(i, 1), cent).front();
    };

    table result;
    for (std::size_t i = 0; i < lines.size(); ++i)
        result.push_back(
            {lines[i].platform, (how == rounding::exact ? together[i] : alone(i)) / cent});
    return result;
}

void write_table(examples::output_directory &out, std::string const &name, table const &lines) {
    examples::csv_writer file{out, name};
    file.row("platform", "revenue");
    for (auto const &[platform, cents] : lines)
        file.row(platform, examples::format_decimal(cents, 2, examples::decimal_style::shortest));
}

}  // namespace

written write_report(records const &data, settings const &asked, examples::output_directory &out) {
    auto const by_connect = attribute_to_connects(data, asked.report);
    auto const by_usage = attribute_to_usage(data, asked.segment);

    auto const first_touch = rounded(by_connect, 0, "No Integration", asked.cents);
    auto const usage_based = rounded(by_usage, 0, "No Usage", asked.cents);
    auto const chosen = rounded(by_connect, 1, "No Integration", asked.cents);

    auto const names = std::vector<std::string>{
        "first_touch_attribution.csv", "usage_based_attribution.csv", "chosen_attribution.csv"};
    write_table(out, names[0], first_touch);
    write_table(out, names[1], usage_based);
    write_table(out, names[2], chosen);

    auto const summary = fmt::format(
        "Net revenue by platform; a segment of a message weighs as much as {} s of calls\n\n"
        "{}\nNet revenue to attribute: {}\n\n{}",
        asked.segment.count(),
        side_by_side(
            {{"first touch", first_touch},
             {"usage-based", usage_based},
             {asked.report == report_kind::summary ? "position-based" : "linear", chosen}}),
        cents_text(by_usage.total().units() / cent), audit_text(data));
    return {summary, names};
}

}  // namespace krispcall
