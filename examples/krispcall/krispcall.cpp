// SPDX-License-Identifier: BSL-1.0
#include <krispcall/quality.hpp>

#include <support/column_figures.hpp>
#include <support/comparison_figure.hpp>
#include <support/findings_output.hpp>
#include <support/models_apart.hpp>
#include <support/record_counts.hpp>
#include <support/report_text.hpp>
#include <support/run_report.hpp>

#include <fmt/format.h>
#include <range/v3/view/filter.hpp>

#include <algorithm>
#include <chrono>
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
    [[nodiscard]] int segment() const { return segment_seconds.value_or(is_summary() ? 1 : 60); }

    void add_to(CLI::App& options) {
        add_choice(options, "--report", report, {"summary", "assignment"},
                   "Which report, see below");
        add_value(options, "--segment-seconds", segment_seconds, "S",
                  "Weight of a segment of a message, in seconds of calls")
            ->check(CLI::Range(0, 86'400));
        add_choice(options, "--rounding", rounding, {"exact", "published"},
                   "How tables are rounded to cents, see below");
    }
};

/// Most of what earns the revenue comes after the first payment: this window replaces the default that
/// nothing after the conversion counts. Usage earns from the first payment to the first refund, both
/// included, if there is a refund, while its user has the platform connected; web and mobile always are.
constexpr auto in_life = att::between(&account::first_payment, &account::first_refund);
/// Of two platforms, the first gets 60 %.
constexpr auto by_position = att::position_based(0.4, 0.4, att::two_touches{60, 40});

/// The comparison of models, and pictures of the accounts.
std::vector<figure> figures_of(records const& data, report_model const& report,
                               report_text const& text) {
    auto const cents = [&](usd amount) { return to_cents(report, amount.units()); };
    auto const seconds = [](instant at) { return at.time_since_epoch().count(); };
    return {
        comparison_figure(report, "attribution_comparison", "Net revenue by platform and model"),
        histogram_of(
            text.figure("net_revenue_histogram"), data.accounts,
            [&](account const& who) { return cents(who.net_revenue()); }, {"", "USD", 2}, 100),
        histogram_of(text.figure("total_users_histogram"), data.accounts, &account::users),
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
written_report write_report(records const& data, settings const& asked, run_options const& common,
                            output_directory& out) {
    auto const segment = std::to_string(asked.segment());
    report_text const text{report_prose, {{"segment", segment}}};
    auto report = text.report("krispcall");
    report.unit_decimals = usd_decimals;
    report.options = {
        {"report", asked.report}, {"segment-seconds", segment}, {"rounding", asked.rounding}};
    add_reading(report, data.input);

    // The attribution: whose revenue as of when, what may earn it, and how it is shared.
    auto const step = [](auto const& one) {
        return path_step{one.type(), one.platform, one.user.value_or(""), one.at, {}};
    };
    auto const a_connect = kind_of("connect", data.integrations, &integration::connects,
                                   &activity::account, &activity::at, &activity::platform, step);
    auto const a_use = kind_of("usage", data.usages, every_record, &activity::account,
                               &activity::at, &activity::platform, step);
    auto const connections =
        att::pair_connections(
            data.integrations, [](integration const& event) { return event.user.value_or(""); },
            &integration::platform, &integration::at, &integration::connects)
            .connections;
    auto const while_used =
        att::named("first payment to first refund", in_life) &&
        att::while_connected(connections, &usage::user, &usage::platform, {"web", "mobile"});
    // Seconds of calls, and segments of messages as so many seconds each.
    auto const by_usage =
        att::usage_weighted([segment = std::chrono::seconds{asked.segment()}](usage const& use) {
            return (use.length + use.segments * segment).count();
        });
    auto const by_platforms = att::over(  // each counted once
        att::first_of_each(&integration::platform),
        [is_summary = asked.is_summary()](auto const& path, att::weights weights) {
            is_summary ? by_position(path, weights) : att::linear(path, weights);
        });
    models_apart all(report, text, out, data.accounts, &account::owner, &account::first_payment,
                     &account::net_revenue,
                     asked.rounding == "exact" ? cent_rounding::together : cent_rounding::each,
                     common.intervals);
    all.add("first_touch_attribution.csv", text.model("first_touch"), a_connect, att::first_touch,
            att::at_any_time);
    auto const usages = all.add_audited("usage_based_attribution.csv", text.model("usage_based"),
                                        a_use, by_usage, while_used);
    all.add_audited("chosen_attribution.csv",
                    text.model(asked.is_summary() ? "position_based" : "linear"), a_connect,
                    by_platforms, att::at_any_time);
    report.chosen = 2;
    report.found = validate(data, in_life);
    auto const files = all.finish();
    report.figures = figures_of(data, report, text);

    auto const open =
        std::ranges::count_if(connections, [](auto const& one) { return !one.until; });
    record_counts const counts(report, usages,
                               {{"paying accounts", report.paths.size()},
                                {"connections", connections.size()},
                                {"open connections", static_cast<std::size_t>(open)},
                                {"integrations", data.integrations.size()}});
    auto const summary = fmt::format(
        "{}\n\n{}\nNet revenue to attribute: {}\n\n{}\n{}\n{}\n{}", text.one("", "heading"),
        comparison_text(report.compared, report.models), all.value_text(),
        counts.tables(text, {"accounts", "calls and messages", "integrations"}),
        nothing_text(data.input), all.reconciliation_text(), broken_rules_text(report.found));
    return {summary, files, std::move(report)};
}

}  // namespace

}  // namespace krispcall

int main(int argc, char** argv) {
    return examples::run_report<krispcall::settings>(
        argc, argv,
        {.name = "krispcall",
         .working = "attributing revenue",
         .sample = [] { return examples::krispcall_sample().files; }},
        krispcall::load, krispcall::write_report);
}
