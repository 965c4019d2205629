// SPDX-License-Identifier: BSL-1.0
#include <krispcall/quality.hpp>

#include <support/attribution_tables.hpp>
#include <support/column_figures.hpp>
#include <support/comparison_figure.hpp>
#include <support/findings_output.hpp>
#include <support/input_findings.hpp>
#include <support/models_apart.hpp>
#include <support/record_counts.hpp>
#include <support/report_text.hpp>
#include <support/run_report.hpp>

#include <fmt/format.h>
#include <range/v3/view/filter.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;

namespace krispcall {

namespace {

using namespace examples;

/// The two reports differ in the chosen model and in what a segment of a message weighs: `summary` is
/// position-based, 40/20/40 and 60/40, and a segment weighs as much as 1 s of calls; `assignment` is
/// linear, and it weighs as much as 60 s.
struct settings {
    std::string report = "summary";
    std::optional<int> segment_seconds = {};
    std::string rounding = "exact";  // or published, platform by platform

    [[nodiscard]] bool is_summary() const { return report == "summary"; }
    [[nodiscard]] std::chrono::seconds segment() const {
        return std::chrono::seconds{segment_seconds.value_or(is_summary() ? 1 : 60)};
    }
};

void add_options(CLI::App& options, settings& asked) {
    add_choice(options, "--report", asked.report, {"summary", "assignment"},
               "Which report, see below");
    add_value(options, "--segment-seconds", asked.segment_seconds, "S",
              "Weight of a segment of a message, in seconds of calls")
        ->check(CLI::Range(0, 86'400));
    add_choice(options, "--rounding", asked.rounding, {"exact", "published"},
               "How tables are rounded to cents, see below");
}

// The rules: whose revenue is explained, what may earn it, and how it is shared out.

/// Net revenue of the accounts that have any, as of their first payment. Borrows the records.
auto revenue_of(records const& data) {
    return att::conversions(data.accounts | ranges::views::filter(&account::has_revenue),
                            &account::owner, &account::first_payment, &account::net_revenue);
}
auto connects_of(records const& data) {
    return att::touchpoints(data.integrations | ranges::views::filter(&integration::connects),
                            &integration::account, &integration::at);
}
auto usages_of(records const& data) {
    return att::touchpoints(data.usages, &usage::account, &usage::at);
}

/// Most of what earns the revenue comes after the first payment: this window replaces the default that
/// nothing after the conversion counts. Usage earns from the first payment to the first refund, both
/// included, if there is a refund ...
constexpr auto in_life = att::between(&account::first_payment, &account::first_refund);

/// ... and while its user has the platform connected; web and mobile always are.
auto connections_of(records const& data) {
    auto const user = [](integration const& event) { return event.user.value_or(""); };
    return att::pair_connections(data.integrations, user, &integration::platform, &integration::at,
                                 &integration::connects);
}
auto while_connected(records const& data) {
    return att::while_connected(connections_of(data).connections, &usage::user, &usage::platform,
                                {"web", "mobile"});
}

/// By what was used: seconds of calls, and segments of messages as so many seconds each.
auto by_usage(std::chrono::milliseconds segment) {
    return att::usage_weighted(
        [segment](usage const& use) { return (use.length + use.segments * segment).count(); });
}

/// The chosen model: over an account's platforms, each counted once.
auto by_platforms(bool position_based) {
    constexpr auto by_position = att::position_based(0.4, 0.4, att::two_touches{60, 40});
    return att::over(att::first_of_each(&integration::platform),
                     [=](auto const& path, att::weights weights) {
                         position_based ? by_position(path, weights) : att::linear(path, weights);
                     });
}

/// The revenue of every account: nothing if it has none, so that the audit knows all accounts.
auto revenue_or_none(records const& data) {
    return att::conversions(data.accounts, &account::owner, &account::first_payment,
                            [](account const& who) { return std::max(who.net_revenue(), usd{}); });
}
auto const of_paying_account =
    att::named("positive net revenue",
               att::where([](auto const&, account const& who) { return who.has_revenue(); }));

std::string type_of(integration const&) {
    return "connect";
}
std::string type_of(usage const& use) {
    return use.is_call ? "call" : "message";
}

std::vector<record_column<account>> account_columns() {
    return {{"account_id", column_kind::text, &account::owner},
            {"net_revenue", column_kind::amount,
             [](account const& who) {
                 return format_decimal(who.net_revenue().units(), usd_decimals);
             }},
            {"first_payment_date", column_kind::time, &account::first_payment}};
}

/// What the report says of connects, or of uses, of which the touchpoints are some; in audit.csv, a line
/// has the number that it has in its file.
template <class Touch, class Touchpoints>
auto kind_of(std::size_t number, std::string const& name, report_text const& text,
             std::vector<Touch> const& all, Touchpoints touchpoints) {
    using kind = column_kind;
    auto const type = [](Touch const& one) { return type_of(one); };
    auto const line = [&all](Touch const& one) { return fmt::to_string(&one - all.data() + 2); };
    return touchpoint_kind<Touchpoints, account, std::string Touch::*>{
        number,
        name,
        text.one(name, "all"),
        std::move(touchpoints),
        &Touch::platform,
        text.one(name, "nobody"),
        text.one(name, "why"),
        {.touchpoint = {{"touchpoint_type", kind::text, type},
                        {"platform_name", kind::text, &Touch::platform},
                        {"user_id", kind::text, &Touch::user},
                        {"touchpoint_date", kind::time, &Touch::at}},
         .audit = {{"line", kind::integer, line},
                   {"user", kind::text, &Touch::user},
                   {"account", kind::text, &Touch::account},
                   {"platform", kind::text, &Touch::platform},
                   {"time", kind::time, &Touch::at}},
         .credited = "revenue",
         .step = [](Touch const& one) {
             return path_step{type_of(one), one.platform, one.user.value_or(""), one.at, {}};
         }}};
}

/// What became of all records, each kind in lines that add up.
template <class Audit>
std::string accounts_text(records const& data, report_model const& report, Audit const& usages,
                          report_text const& text) {
    auto const connections = connections_of(data).connections;
    auto const open =
        std::ranges::count_if(connections, [](auto const& one) { return !one.until; });
    record_counts const counts{report,
                               usages,
                               {{"paying accounts", revenue_of(data).size()},
                                {"connections", connections.size()},
                                {"open connections", static_cast<std::size_t>(open)},
                                {"disconnects", data.integrations.size() - connections.size()}}};
    return counts.tables(text, {"accounts", "calls and messages", "integrations"});
}

/// The comparison of models, and pictures of the accounts.
std::vector<figure> figures_of(records const& data, report_model const& report,
                               report_text const& text) {
    auto const cents = [&](usd amount) { return to_cents(report, amount.units()); };
    auto const seconds = [](instant at) { return at.time_since_epoch().count(); };
    auto users = histogram_of(text.figure("total_users_histogram"), data.accounts, &account::users);
    for (auto& mark : users.marks)
        mark.text += " users";
    return {
        comparison_figure(report, "attribution_comparison", "Net revenue by platform and model"),
        histogram_of(
            text.figure("net_revenue_histogram"), data.accounts,
            [&](account const& who) { return cents(who.net_revenue()); }, {"", "USD", 2}, 100),
        std::move(users),
        frequencies_of(text.figure("platform_count_plot"), report.words.channels,
                       data.integrations | ranges::views::filter(&integration::connects),
                       &integration::platform),
        correlations_of<account>(
            text.figure("correlation_heatmap"),
            data.accounts | ranges::views::filter(&account::payments),
            {{"payments", &account::payments},
             {"amount paid", [&](account const& who) { return cents(who.paid); }},
             {"refunds", &account::refunds},
             {"amount refunded", [&](account const& who) { return cents(who.refunded); }},
             {"first payment", [&](account const& who) { return seconds(who.first_payment); }},
             {"last payment", [&](account const& who) { return seconds(who.last_payment); }},
             {"users", &account::users}})};
}

/// Attributes the net revenue of every account with a positive one to platforms, and writes the files
/// that --help names. The tables are sorted by platform in byte order. Revenue of accounts that
/// connected or used nothing is in the lines "No Integration" and "No Usage". The caller commits.
///
/// Errors: output_error; attribution::reconciliation_error if revenue was lost.
written_report write_report(records const& data, settings const& asked, bool intervals,
                            output_directory& out) {
    report_text const text{report_prose, {{"segment", std::to_string(asked.segment().count())}}};
    auto report = text.report("krispcall");
    report.unit_decimals = usd_decimals;
    report.options = {{"report", asked.report},
                      {"segment-seconds", std::to_string(asked.segment().count())},
                      {"rounding", asked.rounding}};
    add_reading(report, data.input);

    // The attribution: whose revenue, what may earn it, and how it is shared.
    auto const a_connect = kind_of(0, "connect", text, data.integrations, connects_of(data));
    auto const a_use = kind_of(1, "usage", text, data.usages, usages_of(data));
    auto const by_use = by_usage(asked.segment());
    auto const chosen = by_platforms(asked.is_summary());
    auto const shown = text.model(asked.is_summary() ? "position_based" : "linear");
    auto const rounding = asked.rounding == "exact" ? cent_rounding::together : cent_rounding::each;
    models_apart all{report, out, revenue_of(data), account_columns(), rounding, intervals};
    all.add("first_touch_attribution.csv", text.model("first_touch"), a_connect, att::first_touch,
            att::at_any_time);
    all.add("usage_based_attribution.csv", text.model("usage_based"), a_use, by_use,
            in_life && while_connected(data));
    all.add("chosen_attribution.csv", shown, a_connect, chosen, att::at_any_time);
    report.chosen = 2;

    // What became of every use and every connect, also those of accounts without revenue.
    auto const usages = all.audit(revenue_or_none(data), a_use, "usage-based", by_use,
                                  att::named("first payment to first refund", in_life) &&
                                      while_connected(data) && of_paying_account);
    all.audit(revenue_or_none(data), a_connect, shown.title, chosen,
              att::at_any_time && of_paying_account);
    report.found = validate(
        data,
        att::join(att::conversions(data.accounts, &account::owner, &account::first_payment),
                  usages_of(data)),
        in_life);
    auto const files = all.finish("unattributed: nothing connected, nothing used");
    report.figures = figures_of(data, report, text);

    std::int64_t revenue = 0;
    for (auto const& path : report.paths)
        revenue += path.units;
    auto const summary = fmt::format(
        "Net revenue by platform; a segment of a message weighs as much as {} s of calls\n\n"
        "{}\nNet revenue to attribute: {}\n\n{}\n{}\n{}\n{}",
        asked.segment().count(), comparison_text(report.compared, report.models),
        cents_text(revenue / cent), accounts_text(data, report, usages, text),
        nothing_text(data.input), all.reconciliation_text(), broken_rules_text(report.found));
    return {summary, files, std::move(report)};
}

}  // namespace

}  // namespace krispcall

int main(int argc, char** argv) {
    using namespace examples;
    krispcall::settings asked;
    return run_report(
        argc, argv,
        {.name = "krispcall",
         .help = help_text,
         .working = "attributing revenue",
         .sample = [] { return krispcall_sample().files; },
         .add_options = [&](CLI::App& options) { krispcall::add_options(options, asked); }},
        [](run_options const& common) { return krispcall::load(common.data, common.input); },
        [&](krispcall::records const& data, run_options const& common, output_directory& out) {
            return krispcall::write_report(data, asked, common.intervals, out);
        });
}
