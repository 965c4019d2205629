// SPDX-License-Identifier: BSL-1.0
#include <krispcall/report.hpp>

#include <krispcall/audit.hpp>
#include <krispcall/figures.hpp>
#include <krispcall/policies.hpp>
#include <krispcall/quality.hpp>

#include <support/attribution_report.hpp>
#include <support/findings_output.hpp>
#include <support/input_findings.hpp>
#include <support/instant.hpp>
#include <support/intervals.hpp>
#include <support/money_text.hpp>
#include <support/path_book.hpp>
#include <support/table_rows.hpp>

#include <attribution/attribution.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace att = attribution;

namespace krispcall {

namespace {

using examples::report_model;

/// Revenue by platform in whole cents, in byte order of the platforms.
struct table_line {
    std::string platform;
    bool attributed;
    std::int64_t cents;
};
using table = std::vector<table_line>;

/// Credits by platform, rounded to cents; `nobody` names what no platform earned. Also notes the
/// unrounded ones as lines of the model of that number.
template <class Report>
table rounded(Report const& credits, std::string const& nobody, rounding how, report_model& report,
              std::size_t model) {
    std::vector<examples::credited_line> lines;
    for (auto const& row : credits)
        if (row.credits > 0)
            lines.push_back(
                {model, "", row.key.value_or(nobody), row.attributed, row.amount.units()});
    std::ranges::sort(lines, {}, &examples::credited_line::name);
    report.by_channel.insert(report.by_channel.end(), lines.begin(), lines.end());

    std::vector<examples::unit_line> units;
    for (auto const& line : lines)
        units.push_back({line.units, line.attributed});
    auto const together = examples::column_cents(units, cent);

    table result;
    for (std::size_t i = 0; i < lines.size(); ++i)
        result.push_back({lines[i].name, lines[i].attributed,
                          how == rounding::exact
                              ? together[i]
                              : examples::column_cents({units[i]}, cent).front()});
    return result;
}

/// Tables side by side, in byte order of the platforms.
examples::comparison side_by_side(std::vector<table> const& tables) {
    std::map<std::pair<std::string, bool>, std::vector<std::optional<std::int64_t>>> rows;
    examples::comparison result{.key_title = "platform", .lines = {}, .totals = {}};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        result.totals.push_back(0);
        for (auto const& [platform, attributed, cents] : tables[i]) {
            auto& row = rows[{platform, attributed}];
            row.resize(tables.size());
            row[i] = cents;
            result.totals.back() += cents;
        }
    }
    for (auto const& [key, cents] : rows)
        result.lines.push_back({key.first, key.second, cents});
    return result;
}

void write_table(examples::csv_writer file, table const& lines) {
    file.row("platform", "revenue");
    for (auto const& line : lines)
        file.row(line.platform,
                 examples::format_decimal(line.cents, 2, examples::decimal_style::shortest));
}

/// Proves the credits of one table by account: a line for each. Returns `X in = Y + Z` in all.
///
/// Errors: attribution::reconciliation_error if revenue was lost, invented or counted twice.
template <class Ledger>
std::string write_reconciliation(examples::csv_writer& file, std::string const& name,
                                 Ledger const& credits, report_model& report) {
    auto const text = [](examples::decimal_style style) {
        return [style](usd amount) {
            return examples::format_decimal(amount.units(), usd_decimals, style);
        };
    };
    auto const proof = att::reconcile(credits, att::by(&account::owner));
    proof.check();
    for (auto const& row : proof)
        file.cells(
            examples::proof_cells({name, row.key}, row, text(examples::decimal_style::shortest)));
    auto const& one = report.proof.emplace_back(examples::proof_of(
        report.models[report.proof.size()].title, credits, text(examples::decimal_style::grouped)));
    return fmt::format("{}: {} in = {} credited + {} unattributed\n", name, one.value_in,
                       one.credited, one.unattributed);
}

std::string findings_text(att::findings const& found) {
    auto const broken = examples::broken_rules(found);
    return broken.empty() ? "The records break no rule.\n" : examples::findings_table(broken);
}

/// What is known before anything is attributed.
report_model described(settings const& asked, examples::reading const& how) {
    auto const seconds = asked.segment.count();
    auto const chosen_text =
        asked.report == report_kind::summary
            ? "of the platforms of an account, each counted once, the first and the last connected "
              "get 40 % each and those between share 20 %; of two, the first gets 60 %."
            : "the platforms of an account, each counted once, share its revenue evenly.";
    report_model report{
        .program = "krispcall",
        .version = {},
        .title = "Revenue by integration platform",
        .question = "Which integration platform brings the revenue? The net revenue of every "
                    "account is shared out among the platforms that its users connected and used.",
        .words = {.channel = "platform",
                  .channels = "platforms",
                  .conversion = "account",
                  .conversions = "accounts",
                  .touchpoint = "connect or use of a platform",
                  .touchpoints = "connects and uses of platforms",
                  .amount = "net revenue",
                  .group = {}},
        .currency = "USD",
        .unit_decimals = usd_decimals};
    report.models = {{"first_touch", "first touch",
                      "the platform that an account connected first gets all of its revenue.",
                      "#009e73"},
                     {"usage_based", "usage-based",
                      "the platforms that an account used share its revenue by seconds of calls "
                      "and segments of messages.",
                      "#0072b2"},
                     {asked.report == report_kind::summary ? "position_based" : "linear",
                      chosen_model_name(asked.report), chosen_text, "#f0e442"}};
    report.chosen = 2;
    report.policy = {
        "An account takes part if its owner paid more than was refunded; activity of its members "
        "belongs to it.",
        "A connect may earn credit whenever it was made.",
        "Usage earns from the first payment to the first refund, both included, while its user has "
        "the platform connected; web and mobile always are.",
        fmt::format("A segment of a message weighs as much as {} s of calls.", seconds)};
    report.options = {{"report", asked.report == report_kind::summary ? "summary" : "assignment"},
                      {"segment-seconds", fmt::format("{}", seconds)},
                      {"rounding", asked.cents == rounding::exact ? "exact" : "published"}};
    add_reading(report, how);
    return report;
}

/// The tables of pairs and of what is unattributed.
void name_columns(report_model& report) {
    using kind = examples::database_column::kind;
    report.pairs = {"account_touchpoints",
                    {{"account_id"},
                     {"net_revenue", kind::amount},
                     {"first_payment_date", kind::time},
                     {"touchpoint_type"},
                     {"platform_name"},
                     {"user_id"},
                     {"touchpoint_date", kind::time}},
                    {}};
    report.unattributed = {"unattributed_accounts",
                           {{"account_id"}, {"model"}, {"net_revenue", kind::amount}, {"reason"}},
                           {}};
}

std::string kind_of(integration const&) {
    return "connect";
}
std::string kind_of(usage const& use) {
    return use.segments == 0 ? "call" : "message";
}

std::string revenue_text(account const& who) {
    return examples::format_decimal(who.net_revenue.units(), usd_decimals);
}

/// Adds what a model credited, or why it did not.
template <class Ledger>
void add_steps(examples::path_book& paths, report_model const& report, Ledger const& credits,
               std::size_t model, std::size_t source, std::string const& reason) {
    paths.add(
        credits, model, source,
        [](auto const& touch) -> examples::path_book::step {
            return {examples::path_step{kind_of(touch), touch.platform, touch.user, touch.at, {}},
                    examples::cells(kind_of(touch), touch.platform, touch.user,
                                    examples::time_text(touch.at))};
        },
        [&](account const& who) {
            return examples::cells(who.owner, report.models[model].name, revenue_text(who), reason);
        });
}

void finish(examples::path_book& paths, report_model& report, records const& data) {
    std::vector<account const*> payers;
    for (auto const& who : data.accounts)
        if (has_revenue(who))
            payers.push_back(&who);
    paths.finish(
        [&](std::size_t row) {
            auto const& who = *payers[row];
            return examples::conversion_path{
                who.owner, "", who.first_payment, who.net_revenue.units(), "credited", {}};
        },
        [&](std::size_t row) {
            return examples::cells(payers[row]->owner, revenue_text(*payers[row]),
                                   examples::time_text(payers[row]->first_payment));
        });
    for (auto& path : report.paths)
        if (path.steps.empty())
            path.reason = "unattributed: nothing connected, nothing used";
}

}  // namespace

written write_report(records const& data, settings const& asked, examples::output_directory& out) {
    auto const revenue = revenue_of(data);
    auto const connects = att::join(revenue, connects_of(data));
    auto const first_credits = att::attribute(connects, att::first_touch, att::at_any_time);
    auto const chosen_credits = with_chosen_model(asked.report, [&](auto const& model) {
        return att::attribute(connects, model, att::at_any_time);
    });
    auto const usage_credits =
        att::attribute(att::join(revenue, usages_of(data)), by_usage(asked.segment),
                       in_life && while_connected(data));

    auto report = described(asked, data.input);
    auto const by_connect = att::by(&integration::platform);
    auto const first_touch =
        rounded(first_credits | by_connect, "No Integration", asked.cents, report, 0);
    auto const usage_based =
        rounded(usage_credits | att::by(&usage::platform), "No Usage", asked.cents, report, 1);
    auto const chosen =
        rounded(chosen_credits | by_connect, "No Integration", asked.cents, report, 2);
    report.compared = side_by_side({first_touch, usage_based, chosen});
    if (asked.intervals) {
        std::vector<examples::interval_line> lines;
        examples::add_interval_lines(lines, 0, first_credits | att::with_intervals(by_connect),
                                     usd_decimals);
        examples::add_interval_lines(
            lines, 1, usage_credits | att::with_intervals(att::by(&usage::platform)), usd_decimals);
        examples::add_interval_lines(lines, 2, chosen_credits | att::with_intervals(by_connect),
                                     usd_decimals);
        examples::add_intervals(report, lines);
    }

    name_columns(report);
    examples::path_book paths{report, revenue.size()};
    add_steps(paths, report, first_credits, 0, 0, "no platform connected");
    add_steps(paths, report, usage_credits, 1, 1, "no usage that counts");
    add_steps(paths, report, chosen_credits, 2, 0, "no platform connected");
    finish(paths, report, data);

    examples::result_files file{out};
    write_table(file("first_touch_attribution.csv"), first_touch);
    write_table(file("usage_based_attribution.csv"), usage_based);
    write_table(file("chosen_attribution.csv"), chosen);
    report.found = validate(data);
    auto const audit = write_audit(file("audit.csv"), data, asked, report.found);
    report.reasons = audit.reasons;
    examples::write_findings_csv(out, file.add("validation.csv"), report.found);
    auto reconciliation = file("reconciliation.csv");
    reconciliation.row("table", "account", "value_in", "credited", "unattributed", "difference");
    auto proof = write_reconciliation(reconciliation, file.names[0], first_credits, report);
    proof += write_reconciliation(reconciliation, file.names[1], usage_credits, report);
    proof += write_reconciliation(reconciliation, file.names[2], chosen_credits, report);
    report.figures = figures_of(data, report);

    std::int64_t revenue_units = 0;
    for (auto const& path : report.paths)
        revenue_units += path.units;
    auto const summary = fmt::format(
        "Net revenue by platform; a segment of a message weighs as much as {} s of calls\n\n"
        "{}\nNet revenue to attribute: {}\n\n{}\n"
        "{}\nReconciled, account by account:\n{}\n{}",
        asked.segment.count(), examples::comparison_text(report.compared, report.models),
        examples::cents_text(revenue_units / cent), audit.summary, nothing_text(data.input), proof,
        findings_text(report.found));
    return {summary, file.names, std::move(report)};
}

}  // namespace krispcall
