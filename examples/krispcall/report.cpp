// SPDX-License-Identifier: BSL-1.0
#include <krispcall/report.hpp>

#include <krispcall/audit.hpp>
#include <krispcall/policies.hpp>
#include <krispcall/quality.hpp>
#include <krispcall/table.hpp>

#include <support/findings_output.hpp>
#include <support/money_text.hpp>

#include <attribution/attribution.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <span>

namespace att = attribution;

namespace krispcall {

namespace {

/// Credits by platform, rounded to cents; `nobody` names what no platform earned.
template <class Report>
table rounded(Report const &report, std::string const &nobody, rounding how) {
    struct line {
        std::string platform;
        std::int64_t units;
    };
    std::vector<line> lines;
    for (auto const &row : report)
        if (row.credits > 0)
            lines.push_back({row.key.value_or(nobody), row.amount.units()});
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

/// Proves the credits of one table by account: a line for each. Returns `X in = Y + Z` in all.
///
/// Errors: attribution::reconciliation_error if revenue was lost, invented or counted twice.
template <class Ledger>
std::string write_reconciliation(examples::csv_writer &file, std::string const &name,
                                 Ledger const &credits) {
    auto const proof = att::reconcile(credits, att::by(&account::owner));
    proof.check();
    auto const text = [](usd amount, examples::decimal_style style) {
        return examples::format_decimal(amount.units(), usd_decimals, style);
    };
    for (auto const &row : proof) {
        constexpr auto style = examples::decimal_style::shortest;
        file.row(name, row.key, text(row.value_in, style), text(row.credited, style),
                 text(row.unattributed, style), text(row.difference, style));
    }
    auto const total = att::reconcile(credits);
    if (total.size() == 0)
        return name + ": nothing\n";
    constexpr auto style = examples::decimal_style::grouped;
    return fmt::format("{}: {} in = {} credited + {} unattributed\n", name,
                       text(total[0].value_in, style), text(total[0].credited, style),
                       text(total[0].unattributed, style));
}

std::string findings_text(att::findings const &found) {
    auto const broken = examples::broken_rules(found);
    return broken.empty() ? "The records break no rule.\n" : examples::findings_table(broken);
}

}  // namespace

written write_report(records const &data, settings const &asked, examples::output_directory &out) {
    auto const revenue = revenue_of(data);
    auto const connects = att::join(revenue, connects_of(data));
    auto const first_credits = att::attribute(connects, att::first_touch, at_any_time);
    auto const chosen_credits = with_chosen_model(asked.report, [&](auto const &model) {
        return att::attribute(connects, model, at_any_time);
    });
    auto const usage_credits =
        att::attribute(att::join(revenue, usages_of(data)), by_usage(asked.segment),
                       in_life && while_connected(data));

    auto const by_connect = att::by(&integration::platform);
    auto const first_touch = rounded(first_credits | by_connect, "No Integration", asked.cents);
    auto const usage_report = usage_credits | att::by(&usage::platform);
    auto const usage_based = rounded(usage_report, "No Usage", asked.cents);
    auto const chosen = rounded(chosen_credits | by_connect, "No Integration", asked.cents);

    auto const names = std::vector<std::string>{"first_touch_attribution.csv",
                                                "usage_based_attribution.csv",
                                                "chosen_attribution.csv",
                                                "audit.csv",
                                                "validation.csv",
                                                "reconciliation.csv"};
    write_table(out, names[0], first_touch);
    write_table(out, names[1], usage_based);
    write_table(out, names[2], chosen);

    auto const found = validate(data);
    auto const audit_summary = write_audit({out, names[3]}, data, asked, found);
    examples::write_findings_csv(out, names[4], found);
    examples::csv_writer reconciliation{out, names[5]};
    reconciliation.row("table", "account", "value_in", "credited", "unattributed", "difference");
    auto proof = write_reconciliation(reconciliation, names[0], first_credits);
    proof += write_reconciliation(reconciliation, names[1], usage_credits);
    proof += write_reconciliation(reconciliation, names[2], chosen_credits);

    auto const summary = fmt::format(
        "Net revenue by platform; a segment of a message weighs as much as {} s of calls\n\n"
        "{}\nNet revenue to attribute: {}\n\n{}\n"
        "Reconciled, account by account:\n{}\n{}",
        asked.segment.count(),
        side_by_side({{"first touch", first_touch},
                      {"usage-based", usage_based},
                      {chosen_model_name(asked.report), chosen}}),
        cents_text(usage_report.total().units() / cent), audit_summary, proof,
        findings_text(found));
    return {summary, names};
}

}  // namespace krispcall
