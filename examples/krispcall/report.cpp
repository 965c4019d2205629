// SPDX-License-Identifier: BSL-1.0
#include <krispcall/report.hpp>

#include <krispcall/rules.hpp>

#include <support/attribution_tables.hpp>
#include <support/comparison_figure.hpp>
#include <support/findings_output.hpp>
#include <support/input_findings.hpp>
#include <support/models_apart.hpp>
#include <support/table_rows.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;

namespace krispcall {

namespace {

using namespace examples;

std::string type_of(integration const&) {
    return "connect";
}
std::string type_of(usage const& use) {
    return use.is_call ? "call" : "message";
}

std::string revenue_text(account const& who) {
    return format_decimal(who.net_revenue.units(), usd_decimals);
}

std::vector<record_column<account>> account_columns() {
    return {{"account_id", column_kind::text, &account::owner},
            {"net_revenue", column_kind::amount, revenue_text},
            {"first_payment_date", column_kind::time, &account::first_payment}};
}

/// What is known before anything is attributed.
report_model described(settings const& asked, reading const& how) {
    using kind = database_column::kind;
    report_model report{
        .program = "krispcall",
        .title = "Revenue by integration platform",
        .question = "Which integration platform brings the revenue? The net revenue of every "
                    "account is shared out among the platforms that its users connected and used.",
        .words = {.channel = "platform",
                  .channels = "platforms",
                  .conversion = "account",
                  .conversions = "accounts",
                  .touchpoint = "connect or use of a platform",
                  .touchpoints = "connects and uses of platforms",
                  .amount = "net revenue"},
        .currency = "USD",
        .unit_decimals = usd_decimals,
        .chosen = 2};
    report.policy = {
        "An account takes part if its owner paid more than was refunded; activity of its members "
        "belongs to it.",
        "A connect may earn credit whenever it was made.",
        "Usage earns from the first payment to the first refund, both included, while its user has "
        "the platform connected; web and mobile always are.",
        fmt::format("A segment of a message weighs as much as {} s of calls.",
                    asked.segment().count())};
    report.options = {{"report", asked.report},
                      {"segment-seconds", std::to_string(asked.segment().count())},
                      {"rounding", asked.rounding}};
    add_reading(report, how);
    report.pairs.name = "account_touchpoints";
    report.unattributed = {"unattributed_accounts",
                           {{"account_id"}, {"model"}, {"net_revenue", kind::amount}, {"reason"}},
                           {}};
    return report;
}

model_description chosen_model(settings const& asked) {
    return asked.is_summary()
               ? model_description{"position_based", "position-based",
                                   "of the platforms of an account, each counted once, the first "
                                   "and the last connected get 40 % each and those between share "
                                   "20 %; of two, the first gets 60 %.",
                                   "#f0e442"}
               : model_description{
                     "linear", "linear",
                     "the platforms of an account, each counted once, share its revenue evenly.",
                     "#f0e442"};
}

/// What the report says of connects, or of uses: one model accounts for all of them in audit.csv, where
/// a line has the number that it has in its file.
template <class Touch>
auto kind_of(std::vector<Touch> const& all, std::size_t number, std::string nobody, std::string why,
             std::string const& audited, std::string const& model) {
    using kind = column_kind;
    auto const type = [](Touch const& one) { return type_of(one); };
    return touchpoint_kind<Touch, account, std::string Touch::*>{
        number,
        &Touch::platform,
        std::move(nobody),
        std::move(why),
        {.touchpoint = {{"touchpoint_type", kind::text, type},
                        {"platform_name", kind::text, &Touch::platform},
                        {"user_id", kind::text, &Touch::user},
                        {"touchpoint_date", kind::time, &Touch::at}},
         .audit = {{"touchpoint", kind::text, [audited](Touch const&) { return audited; }},
                   {"line", kind::integer,
                    [&all](Touch const& one) { return fmt::to_string(&one - all.data() + 2); }},
                   {"user", kind::text, &Touch::user},
                   {"account", kind::text, &Touch::account},
                   {"platform", kind::text, &Touch::platform},
                   {"time", kind::time, &Touch::at},
                   {"model", kind::text, [model](Touch const&) { return model; }}},
         .credited = "revenue",
         .step = [](Touch const& one) {
             return path_step{type_of(one), one.platform, one.user.value_or(""), one.at, {}};
         }}};
}

/// The revenue of every account: nothing if it has none, so that the audit knows all accounts.
auto revenue_or_none(records const& data) {
    return att::conversions(data.accounts, &account::owner, &account::first_payment,
                            [](account const& who) { return std::max(who.net_revenue, usd{}); });
}
auto const of_paying_account =
    att::named("positive net revenue",
               att::where([](auto const&, account const& who) { return has_revenue(who); }));

// The parts of the policy for usage, in its order.
constexpr std::size_t connected_part = 1;
constexpr std::size_t revenue_part = 2;

/// What became of all records, each kind in lines that add up.
template <class Audit>
std::string accounts_text(records const& data, Audit const& usages, att::findings const& found) {
    using att::outcome;
    record_counts const counts{usages, found};
    auto const without = counts.of("account has revenue");
    auto const connections = connections_of(data).connections;
    auto const open =
        std::ranges::count_if(connections, [](auto const& one) { return !one.until; });
    return fmt::format(
        "{}\n{}\n{}",
        counts.table("accounts", {{"with positive net revenue", data.accounts.size() - without},
                                  {"without positive net revenue: left out", without},
                                  {"all accounts", data.accounts.size()},
                                  {"payments and refunds of others: left out",
                                   counts.of("known(payer)") + counts.of("required(payer)")}}),
        counts.table(
            "calls and messages",
            {{"counted", counts.of(outcome::credited) + counts.of(outcome::zero_weight) +
                             counts.of(outcome::lost_tie)},
             {"before the first payment", outcome::before_window},
             {"after the first refund", outcome::after_window},
             {"platform not connected", counts.of(outcome::refused, connected_part)},
             {"account without positive net revenue", counts.of(outcome::refused, revenue_part)},
             {"unknown user", outcome::missing_key},
             {"all calls and messages", data.usages.size()},
             {"of these, equal to an earlier row (they count)", "unique(usage)"}}),
        counts.table(
            "integrations",
            {{"connected", connections.size()},
             {"of these, never disconnected", static_cast<std::size_t>(open)},
             {"disconnected", data.integrations.size() - connections.size()},
             {"of these, without a connect: no effect", "disconnect while connected"},
             {"of an unknown user: no effect",
              counts.of("known(integration user)") + counts.of("required(integration user)")}}));
}

}  // namespace

written_report write_report(records const& data, settings const& asked, bool intervals,
                            output_directory& out) {
    // The attribution: whose revenue, what may earn it, and how it is shared.
    auto const revenue = revenue_of(data);
    auto const connects = att::join(revenue, connects_of(data));
    auto const uses = att::join(revenue, usages_of(data));
    auto const by_use = by_usage(asked.segment());
    auto const chosen = by_platforms(asked.is_summary());

    auto report = described(asked, data.input);
    models_apart all{report, revenue.size(),
                     asked.rounding == "exact" ? cent_rounding::together : cent_rounding::each,
                     intervals};
    result_files file{out};
    csv_writer proof{out, "reconciliation.csv"};
    proof.row("table", "account", "value_in", "credited", "unattributed", "difference");
    auto const add = [&](char const* name, model_description model, auto const& credits,
                         auto const& kind) {
        all.add(std::move(model), credits, kind,
                [](account const& who, std::string const& by, std::string const& why) {
                    return cells(who.owner, by, revenue_text(who), why);
                });
        all.write(file(name), "revenue");
        write_proof(proof, {name}, credits, att::by(&account::owner), usd_decimals);
    };
    auto const shown = chosen_model(asked);
    auto const a_connect = kind_of(data.integrations, 0, "No Integration", "no platform connected",
                                   "connect", shown.title);
    auto const a_use =
        kind_of(data.usages, 1, "No Usage", "no usage that counts", "usage", "usage-based");
    add("first_touch_attribution.csv",
        {"first_touch", "first touch",
         "the platform that an account connected first gets all of its revenue.", "#009e73"},
        att::attribute(connects, att::first_touch, att::at_any_time), a_connect);
    add("usage_based_attribution.csv",
        {"usage_based", "usage-based",
         "the platforms that an account used share its revenue by seconds of calls and segments of "
         "messages.",
         "#0072b2"},
        att::attribute(uses, by_use, in_life && while_connected(data)), a_use);
    add("chosen_attribution.csv", shown, att::attribute(connects, chosen, att::at_any_time),
        a_connect);
    all.finish(revenue, account_columns(), &account::owner,
               "unattributed: nothing connected, nothing used");
    report.found = validate(data);

    // What became of every use and every connect, also those of accounts without revenue.
    auto const all_uses = att::join(revenue_or_none(data), usages_of(data));
    auto const usages = att::explain(all_uses, by_use,
                                     att::named("first payment to first refund", in_life) &&
                                         while_connected(data) && of_paying_account);
    auto const all_connects = att::join(revenue_or_none(data), connects_of(data));
    auto const connected =
        att::explain(all_connects, chosen, att::at_any_time && of_paying_account);
    auto audit = file("audit.csv");
    all.add_audit(audit, all_uses, usages, a_use, "calls and messages, usage-based");
    all.add_audit(audit, all_connects, connected, a_connect, "connects, " + shown.title);
    write_findings_csv(out, file.add("validation.csv"), report.found);
    file.add("reconciliation.csv");
    report.figures = account_figures(data, report);
    report.figures.insert(
        report.figures.begin(),
        comparison_figure(report, "attribution_comparison", "Net revenue by platform and model"));

    std::int64_t revenue_units = 0;
    for (auto const& path : report.paths)
        revenue_units += path.units;
    std::string reconciled_text;
    for (std::size_t model = 0; model < report.proof.size(); ++model)
        reconciled_text +=
            fmt::format("{}: {} in = {} credited + {} unattributed\n", file.names[model],
                        report.proof[model].value_in, report.proof[model].credited,
                        report.proof[model].unattributed);
    auto const summary = fmt::format(
        "Net revenue by platform; a segment of a message weighs as much as {} s of calls\n\n"
        "{}\nNet revenue to attribute: {}\n\n{}\n"
        "{}\nReconciled, account by account:\n{}\n{}",
        asked.segment().count(), comparison_text(report.compared, report.models),
        cents_text(revenue_units / cent), accounts_text(data, usages, report.found),
        nothing_text(data.input), reconciled_text, broken_rules_text(report.found));
    return {summary, file.names, std::move(report)};
}

}  // namespace krispcall
