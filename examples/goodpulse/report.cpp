// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/report.hpp>

#include <goodpulse/channels.hpp>
#include <goodpulse/figures.hpp>
#include <goodpulse/published.hpp>
#include <goodpulse/quality.hpp>
#include <goodpulse/tables.hpp>

#include <support/findings_output.hpp>
#include <support/input_findings.hpp>
#include <support/report_tables.hpp>
#include <support/report_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace goodpulse {

namespace {

void describe(examples::report_model& report, shop const& all, assumptions const& assumed) {
    auto const borders = [](std::vector<std::int64_t> const& values) {
        return fmt::format("{}", fmt::join(values, ","));
    };
    auto const value_texts = [&] {
        std::vector<std::string> texts;
        for (auto const cents : all.value_cents)
            texts.push_back(examples::format_decimal(cents, 2));
        return fmt::format("{}", fmt::join(texts, ","));
    }();
    report.options = {{"analysis-date", date::format("%F", all.analysis_date)},
                      {"lifecycle-days", borders(all.lifecycle_days)},
                      {"value-thresholds", value_texts},
                      {"recency-days", borders(assumed.recency_days)},
                      {"joins", assumed.joined_to_reviews ? "published" : "per-order"}};
}

/// The tables that are printed, whole or their beginning.
std::string tables_text(examples::report_model const& report) {
    std::string text;
    for (auto const* const name :
         {"by_frequency", "by_value", "by_lifecycle", "revenue_by_quarter", "channel_by_seller",
          "channel_by_date_alone_one_time_customers", "published_report"}) {
        auto const table = std::ranges::find(report.tables, name, &examples::report_table::name);
        if (table != report.tables.end() && !table->rows.empty())
            text += examples::table_text(*table) + '\n';
    }
    return text;
}

}  // namespace

examples::written_report write_report(records const& data, assumptions const& assumed,
                                      examples::output_directory& out) {
    auto const found = analyse(data, open_shop(data, assumed));
    examples::report_text const text{examples::report_prose};
    examples::report_model report{
        .program = "goodpulse",
        .title = text.one("", "title"),
        .question = text.one("", "question"),
        .sections = {customers_section, cohorts_section, delivery_section, "", published_section}};
    describe(report, found.all, assumed);
    examples::add_reading(report, data.input);
    report.key_figures = key_figures_of(found);
    report.tables = tables_of(found);
    report.found = validate(data);
    auto channels = add_channels(report, text, data, found.all, assumed.intervals, out);
    report.tables.push_back(published_report(found, assumed, channels.ties));
    report.figures = figures_of(found, data, report);
    channels.files.emplace_back("validation.csv");
    examples::write_findings_csv(out, "validation.csv", report.found);
    auto const summary =
        fmt::format("{}\n{}{}\n{}", examples::key_figures_text(report.key_figures),
                    tables_text(report), examples::nothing_text(data.input),
                    examples::findings_table(examples::broken_rules(report.found)));
    return {summary, std::move(channels.files), std::move(report)};
}

}  // namespace goodpulse
