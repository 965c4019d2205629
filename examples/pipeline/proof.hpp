// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/amounts.hpp>
#include <pipeline/records.hpp>
#include <pipeline/summary.hpp>

#include <support/output.hpp>
#include <support/report_model.hpp>

#include <attribution/attribution.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// That nothing was lost: what became of every touchpoint, and where every amount went.
namespace pipeline {

/// One line per touchpoint, in the order of the files: what it earned, or why it earned nothing,
/// and the first opportunity where it got that far.
template <class Audit>
void write_audit(examples::csv_writer file, records const& data, Audit const& audit) {
    file.row("touchpoint_type", "touchpoint_id", "contact_id", "account_id", "channel_name",
             "touchpoint_date", "outcome", "reason", "opportunity_id", "credits",
             "linear_pipeline");
    for (std::size_t row = 0; row < data.touchpoints.size(); ++row) {
        auto const& touch = data.touchpoints[row];
        auto const& found = audit.touchpoints()[row];
        file.row(touch.type, touch.id, touch.contact.value_or(""), touch.account.value_or(""),
                 touch.channel, examples::time_text(touch.time), to_string(found.what),
                 audit.touchpoint_reason(row),
                 found.conversion == attribution::no_row ? ""
                                                         : data.opportunities[found.conversion].id,
                 found.credits, amount_text(found.amount, data.decimals));
    }
}

/// Proves the credits of one model by segment: a line for each.
///
/// Errors: attribution::reconciliation_error if an amount was lost, invented or counted twice.
template <class Ledger>
void write_reconciliation(examples::csv_writer& file, std::string_view model, Ledger const& credits,
                          int decimals) {
    auto const proof = attribution::reconcile(credits, attribution::by(&opportunity::segment));
    proof.check();
    for (auto const& row : proof)
        file.row(model, row.key, row.conversions, amount_text(row.value_in, decimals),
                 amount_text(row.credited, decimals), amount_text(row.unattributed, decimals),
                 amount_text(row.difference, decimals));
}

/// What went in, was credited and was not, by one model.
template <class Ledger>
[[nodiscard]] examples::reconciled proof_of(std::string title, Ledger const& credits,
                                            int decimals) {
    auto const proof = attribution::reconcile(credits);
    proof.check();
    if (proof.size() == 0)
        return {std::move(title), "0.0", "0.0", "0.0"};
    return {std::move(title), full_text(proof[0].value_in, decimals),
            full_text(proof[0].credited, decimals), full_text(proof[0].unattributed, decimals)};
}

/// X in = Y credited + Z unattributed
[[nodiscard]] inline std::string reconciliation_text(examples::report_model const& report) {
    auto const& linear = report.proof[report.chosen];
    if (report.paths.empty())
        return "Nothing to reconcile.\n";
    return fmt::format("Reconciled, model by model and segment by segment:\n"
                       "{} in = {} credited + {} unattributed\n",
                       linear.value_in, linear.credited, linear.unattributed);
}

/// From credit to the furthest from it.
[[nodiscard]] inline examples::reason_table
reasons_of(std::string title, std::vector<attribution::outcome_count> const& counts) {
    examples::reason_table table{std::move(title), {}};
    for (auto const& each : counts)
        table.lines.push_back({each.text, each.count});
    std::ranges::reverse(table.lines);
    return table;
}

}  // namespace pipeline
