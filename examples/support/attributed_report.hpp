// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/output.hpp>
#include <support/report_model.hpp>
#include <support/table_rows.hpp>

#include <attribution/attribution.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/// The attribution's part of a report, from journeys whose values are whole cents: what a program has
/// to say is how its records are called.
namespace examples {

/// A record in the two tables of pairs: its columns, and its cells.
template <class Record>
struct described_record {
    std::vector<database_column> columns = {};
    table_row (*cells)(Record const&) = nullptr;
};

template <class Conversion, class Touchpoint>
struct described_records {
    described_record<Conversion> conversion = {};
    described_record<Touchpoint> touchpoint = {};
    conversion_path (*path)(Conversion const&) = nullptr;  // its name, group and time
    path_step (*step)(Touchpoint const&) = nullptr;        // its kind, channel, who and time
    std::string pairs = {}, unattributed = {};             // names of the tables
};

namespace detail {

/// What every model gives every channel; the largest of the first model first.
template <class ByChannel>
void compare_models(report_model& report, ByChannel const& by_channel) {
    auto& table = report.compared;
    table.key_title = report.words.channel;
    table.totals.assign(report.models.size(), 0);
    for (auto const& row : by_channel.largest_first()) {
        auto& line = table.lines.emplace_back(
            comparison::line{row.key.value_or("unattributed"), row.attributed});
        for (std::size_t model = 0; model < report.models.size(); ++model) {
            line.cents.emplace_back(row[model].amount);
            table.totals[model] += row[model].amount;
        }
    }
    for (std::size_t model = 0; model < report.models.size(); ++model)
        for (auto const& row : by_channel.largest_first(model))
            report.by_channel.push_back(
                {model, "", row.key.value_or("(unattributed)"), row.attributed, row[model].amount});
}

/// Conversions and what came before them, from credits that name every touchpoint of a path.
template <class Audit, class Records>
void add_paths(report_model& report, Audit const& audit, Records const& described) {
    auto const columns_of = [&](auto const& more) {
        auto columns = described.conversion.columns;
        columns.insert(columns.end(), more.begin(), more.end());
        return columns;
    };
    report.pairs = {described.pairs, columns_of(described.touchpoint.columns), {}};
    report.unattributed = {
        described.unattributed, columns_of(std::vector<database_column>{{"reason"}}), {}};
    auto const& credits = audit.credits();
    for (std::size_t row = 0; row < audit.conversions().size(); ++row) {
        auto const& found = audit.conversions()[row];
        auto const& record = credits.conversions()[row];
        auto& path = report.paths.emplace_back(described.path(record));
        path.units = credits.conversions().value(row);
        path.reason = audit.conversion_reason(row);
        for (auto i = found.first_credit; i < found.first_credit + found.credits; ++i) {
            auto cells = described.conversion.cells(record);
            if (!credits[i].attributed()) {
                cells.emplace_back(path.reason);
                report.unattributed.rows.push_back(std::move(cells));
                continue;
            }
            auto const& touch = credits.touchpoint(credits[i]);
            auto const more = described.touchpoint.cells(touch);
            cells.insert(cells.end(), more.begin(), more.end());
            report.pairs.rows.push_back(std::move(cells));
            path.steps.push_back(described.step(touch));
            path.steps.back().units.resize(report.models.size());
        }
    }
}

/// What one model gave each step. Both name the touchpoints of a path in the order of time.
template <class Audit, class Ledger>
void add_credits(report_model& report, Audit const& audit, Ledger const& credits,
                 std::size_t model) {
    for (auto const& credit : credits) {
        if (!credit.attributed())
            continue;
        auto const& found = audit.conversions()[credit.conversion];
        auto step = std::size_t{0};
        while (audit.credits()[found.first_credit + step].touchpoint != credit.touchpoint)
            ++step;
        report.paths[credit.conversion].steps[step].units[model] = credit.amount;
    }
}

}  // namespace detail

/// From credit to the furthest from it.
[[nodiscard]] inline reason_table
reasons_of(std::string title, std::vector<attribution::outcome_count> const& counts) {
    reason_table table{std::move(title), {}};
    for (auto const& each : counts)
        table.lines.push_back({each.text, each.count});
    std::ranges::reverse(table.lines);
    return table;
}

/// Attributes by several models and writes reconciliation.csv. `report` has its words and the
/// descriptions of the models, in the same order; reasons are those of the first one.
///
/// Errors: attribution::reconciliation_error if an amount was lost, invented or counted twice.
template <class Journeys, class Policy, class Channel, class Records, class... Models>
void add_attribution(report_model& report, output_directory& out, Journeys const& journeys,
                     Policy const& policy, Channel channel, Records const& described,
                     Models const&... models) {
    namespace att = attribution;
    detail::compare_models(
        report, att::attribute(journeys, att::models(models...), policy, att::by(channel)));
    auto const audit = att::explain(journeys, att::linear, policy);
    detail::add_paths(report, audit, described);
    auto const reasons = att::explain(journeys, std::get<0>(std::tie(models...)), policy);
    report.reasons = {reasons_of(report.words.touchpoints, reasons.touchpoint_counts()),
                      reasons_of(report.words.conversions, reasons.conversion_counts())};
    auto reconciliation = csv_writer{out, "reconciliation.csv"};
    reconciliation.row("model", report.words.conversions, "value_in", "credited", "unattributed",
                       "difference");
    std::size_t number = 0;
    auto const account_for = [&](auto const& credits) {
        auto const proof = att::reconcile(credits);
        proof.check();
        auto const& model = report.models[number];
        auto const& all = proof[0];
        auto const text = [](std::int64_t cents) { return format_decimal(cents, 2); };
        if (all.conversions > 0)
            reconciliation.row(model.name, all.conversions, text(all.value_in), text(all.credited),
                               text(all.unattributed), text(all.difference));
        report.proof.push_back({model.title, cents_text(all.value_in), cents_text(all.credited),
                                cents_text(all.unattributed)});
        detail::add_credits(report, audit, credits, number++);
    };
    (account_for(att::attribute(journeys, models, policy)), ...);
}

}  // namespace examples
