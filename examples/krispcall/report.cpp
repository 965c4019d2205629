// SPDX-License-Identifier: BSL-1.0
#include <krispcall/report.hpp>

#include <krispcall/audit.hpp>
#include <krispcall/figures.hpp>
#include <krispcall/policies.hpp>
#include <krispcall/quality.hpp>

#include <support/findings_output.hpp>
#include <support/input_findings.hpp>
#include <support/money_text.hpp>

#include <attribution/attribution.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

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

void write_table(examples::output_directory& out, std::string const& name, table const& lines) {
    examples::csv_writer file{out, name};
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
    auto const proof = att::reconcile(credits, att::by(&account::owner));
    proof.check();
    auto const text = [](usd amount, examples::decimal_style style) {
        return examples::format_decimal(amount.units(), usd_decimals, style);
    };
    for (auto const& row : proof) {
        constexpr auto style = examples::decimal_style::shortest;
        file.row(name, row.key, text(row.value_in, style), text(row.credited, style),
                 text(row.unattributed, style), text(row.difference, style));
    }
    auto const total = att::reconcile(credits);
    auto const& title = report.models[report.proof.size()].title;
    if (total.size() == 0) {
        report.proof.push_back({title, "0.00", "0.00", "0.00"});
        return name + ": nothing\n";
    }
    constexpr auto style = examples::decimal_style::grouped;
    auto const& one = report.proof.emplace_back(
        examples::reconciled{title, text(total[0].value_in, style), text(total[0].credited, style),
                             text(total[0].unattributed, style)});
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

/// The steps of every account by (time, kind, row).
class path_book {
  public:
    path_book(report_model& report, records const& data) : report_{report} {
        for (auto const& who : data.accounts)
            if (has_revenue(who)) {
                report.paths.push_back(
                    {who.owner, "", who.first_payment, who.net_revenue.units(), "credited", {}});
                steps_.emplace_back();
            }
        report.unattributed = {"unattributed_accounts",
                               {{"account_id"},
                                {"model"},
                                {"net_revenue", examples::database_column::kind::amount},
                                {"reason"}},
                               {}};
    }

    template <class Ledger>
    void add(Ledger const& credits, std::size_t model, std::string const& reason) {
        for (auto const& credit : credits) {
            auto const& who = credits.conversion(credit);
            if (!credit.attributed()) {
                report_.unattributed.rows.push_back(
                    {who.owner, report_.models[model].name,
                     examples::format_decimal(who.net_revenue.units(), usd_decimals), reason});
                continue;
            }
            auto const& touch = credits.touchpoint(credit);
            constexpr auto is_usage = std::is_same_v<std::remove_cvref_t<decltype(touch)>, usage>;
            auto& step = steps_[credit.conversion][{touch.at, is_usage, credit.touchpoint}];
            if (step.units.empty()) {
                step = {kind(touch), touch.platform, touch.user, touch.at, {}};
                step.units.resize(report_.models.size());
            }
            step.units[model] = credit.amount.units();
        }
    }

    void finish(records const& data) {
        using type = examples::database_column::kind;
        report_.pairs = {"account_touchpoints",
                         {{"account_id"},
                          {"net_revenue", type::amount},
                          {"first_payment_date", type::time},
                          {"touchpoint_type"},
                          {"platform_name"},
                          {"user_id"},
                          {"touchpoint_date", type::time}},
                         {}};
        std::size_t row = 0;
        for (auto const& who : data.accounts) {
            if (!has_revenue(who))
                continue;
            auto& path = report_.paths[row];
            for (auto& [place, step] : steps_[row]) {
                report_.pairs.rows.push_back(
                    {who.owner, examples::format_decimal(who.net_revenue.units(), usd_decimals),
                     examples::time_text(path.at), step.kind, step.channel, step.who,
                     examples::time_text(step.at)});
                path.steps.push_back(std::move(step));
            }
            if (path.steps.empty())
                path.reason = "unattributed: nothing connected, nothing used";
            ++row;
        }
    }

  private:
    using key = std::tuple<examples::instant, bool, std::size_t>;

    static std::string kind(integration const&) { return "connect"; }
    static std::string kind(usage const& use) { return use.segments == 0 ? "call" : "message"; }

    report_model& report_;
    std::vector<std::map<key, examples::path_step>> steps_;
};

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

    path_book paths{report, data};
    paths.add(first_credits, 0, "no platform connected");
    paths.add(usage_credits, 1, "no usage that counts");
    paths.add(chosen_credits, 2, "no platform connected");
    paths.finish(data);

    auto const names = std::vector<std::string>{"first_touch_attribution.csv",
                                                "usage_based_attribution.csv",
                                                "chosen_attribution.csv",
                                                "audit.csv",
                                                "validation.csv",
                                                "reconciliation.csv"};
    write_table(out, names[0], first_touch);
    write_table(out, names[1], usage_based);
    write_table(out, names[2], chosen);

    report.found = validate(data);
    auto const audit = write_audit({out, names[3]}, data, asked, report.found);
    report.reasons = audit.reasons;
    examples::write_findings_csv(out, names[4], report.found);
    examples::csv_writer reconciliation{out, names[5]};
    reconciliation.row("table", "account", "value_in", "credited", "unattributed", "difference");
    auto proof = write_reconciliation(reconciliation, names[0], first_credits, report);
    proof += write_reconciliation(reconciliation, names[1], usage_credits, report);
    proof += write_reconciliation(reconciliation, names[2], chosen_credits, report);
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
    return {summary, names, std::move(report)};
}

}  // namespace krispcall
