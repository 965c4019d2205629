// SPDX-License-Identifier: BSL-1.0
#include <pipeline/report.hpp>

#include <pipeline/quality.hpp>

#include <support/attribution_figures.hpp>
#include <support/attribution_report.hpp>
#include <support/comparison_figure.hpp>
#include <support/findings_output.hpp>
#include <support/input_findings.hpp>
#include <support/intervals.hpp>
#include <support/restated.hpp>
#include <support/text_table.hpp>

#include <attribution/attribution.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <type_traits>
#include <utility>

namespace att = attribution;

namespace pipeline {

namespace {

using namespace examples;

/// By rules, and by what the paths themselves teach, where they do.
template <class Journeys, class Window>
auto models_of(Journeys const& journeys, Window const& window) {
    std::vector<shown_model<Journeys>> models;
    auto const add = [&](char const* name, char const* text, auto const& model) {
        add_model(models, name, text, model);
    };
    add("first_touch", "the first touchpoint in the window gets all of the opportunity.",
        att::first_touch);
    add("last_touch", "the last touchpoint before the opportunity gets all of it.",
        att::last_touch);
    add("linear", "all touchpoints in the window share the opportunity evenly.", att::linear);
    add("position_based",
        "the first and the last touchpoint get 40 % each, those between share 20 %.",
        att::position_based());
    add("time_decay", "a touchpoint weighs half as much for every week that it lies further back.",
        att::time_decay(date::days{7}));
    try {
        auto const markov = att::fit(journeys, att::markov(&touchpoint::channel), window);
        auto const shapley = att::fit(journeys, att::shapley(&touchpoint::channel), window);
        add("markov",
            "a channel weighs by how many opportunities would be lost without it, in a Markov "
            "chain learned from all paths.",
            markov);
        add("shapley",
            "a channel weighs by its average contribution to the sets of channels that it is part "
            "of (Shapley values), learned from all paths.",
            shapley);
    } catch (att::fit_error const&) {  // a report without opportunities is still a report
    }
    return models;
}
constexpr std::size_t linear = 2;  // the model that is told in detail

record_columns<touchpoint, opportunity> columns() {
    using kind = database_column::kind;
    record_columns<touchpoint, opportunity> all;
    all.conversion = {{"opportunity_id", kind::text, &opportunity::id},
                      {"account_id", kind::text, &opportunity::account},
                      {"pipeline_amount", kind::amount, &opportunity::amount_text},
                      {"opportunity_created_date", kind::time,
                       [](opportunity const& sale) { return time_text(sale.created); }},
                      {"sales_segment", kind::text, &opportunity::segment}};
    record_column<touchpoint> const id{"touchpoint_id", kind::text, &touchpoint::id},
        type{"touchpoint_type", kind::text, &touchpoint::type},
        channel{"channel_name", kind::text, &touchpoint::channel},
        contact{"contact_id", kind::text, &touchpoint::contact},
        account{"account_id", kind::text, &touchpoint::account},
        date{"touchpoint_date", kind::time,
             [](touchpoint const&touch) { return time_text(touch.time); }};
    all.touchpoint = {id, type, channel, contact, date};
    all.audit = {type, id, contact, account, channel, date};
    all.pairs = "opportunity_touchpoints";
    all.unattributed = "unattributed_opportunities";
    all.credited = "linear_pipeline";
    all.name = &opportunity::id;
    all.group = &opportunity::segment;
    all.step = [](touchpoint const& touch) {
        return path_step{touch.type, touch.channel, touch.contact.value_or(""), touch.time, {}};
    };
    return all;
}

std::string days_text(date::days length) {
    return counted_text(static_cast<std::size_t>(length.count()), "day", "days");
}

/// What is known before anything is attributed.
report_model described(date::days lookback, amounts kind, records const& data) {
    report_model report{
        .program = "pipeline",
        .title = "Sales pipeline by channel",
        .question = "Which channel sourced the sales pipeline? Every opportunity is shared out "
                    "among the marketing and sales touchpoints of its account.",
        .words = {"channel", "channels", "opportunity", "opportunities", "touchpoint",
                  "touchpoints", "pipeline", "sales segment"},
        .unit_decimals = data.decimals,
        .chosen = linear};
    report.policy = {
        fmt::format("A touchpoint may earn credit from an opportunity of its account in the {} "
                    "before it was created, both ends included.",
                    days_text(lookback)),
        "Contacts lead from touchpoints to accounts; a missing or unknown one leads nowhere.",
        kind == amounts::float32 ? "Amounts were stored in 32 bits, as in the published report."
        : data.decimals == most_decimals
            ? "Amounts are exact decimals."
            : fmt::format("Amounts are decimals with {} places, all that fit where amounts are so "
                          "large.",
                          data.decimals)};
    report.options = {{"lookback-days", fmt::format("{}", lookback.count())},
                      {"amounts", kind == amounts::exact ? "exact" : "float32"}};
    add_reading(report, data.input);
    return report;
}

std::vector<figure> figures_of(report_model const& report) {
    measure const pipeline_amount{"Pipeline (currency of the data)", "", 2};
    auto comparison =
        comparison_figure(report, "channels_by_model", "Pipeline by channel and model");
    comparison.value = pipeline_amount;
    return {std::move(comparison), segment_figure(report, "segment_by_channel_heatmap"),
            time_to_conversion_figure(report),
            monthly_figure(report, "monthly_sourced_pipeline",
                           "Pipeline by month and the channel that sourced it, linear model",
                           "Month of creation", "Months in which opportunities were created (UTC).",
                           pipeline_amount)};
}

/// What channels cost and what they earned, by the month of their touchpoints. `amount_of` makes of
/// an expense what opportunities have.
template <class Ledger, class AmountOf>
void write_returns(csv_writer file, Ledger const& credits, records const& data,
                   AmountOf amount_of) {
    auto const ratio = [](std::optional<double> value) {
        return value ? fmt::format("{:.12g}", *value) : "undefined";
    };
    auto const spent = att::spending(*data.spend, &expense::channel, &expense::month,
                                     [&](expense const& cost) { return amount_of(cost.amount); });
    file.row("channel_name", "period", "spend", "linear_pipeline", "conversions",
             "cost_per_conversion", "roi", "roas");
    for (auto const& row : credits | att::return_on_ad_spend(spent, &touchpoint::channel,
                                                             att::month_of(&touchpoint::time))) {
        auto cost = row.cost_per_conversion();
        if (cost)
            *cost = in_whole_units(row.spend, *cost, data.decimals);
        file.row(row.channel.value_or(""), row.period ? date::format("%Y-%m", *row.period) : "",
                 amount_text(row.spend, data.decimals), amount_text(row.amount, data.decimals),
                 fmt::format("{:.12g}", row.conversions), ratio(cost), ratio(row.roi()),
                 ratio(row.roas()));
    }
}

/// Which channel and which segment sourced most. A model shares an opportunity out among channels;
/// the segment is the opportunity's own, so that all models agree on it.
template <class ByChannel, class BySegment>
std::string sourced_most_text(report_model const& report, ByChannel const& by_channel,
                              BySegment const& by_segment) {
    text_table table{{"model", "largest channel", "amount", "largest segment", "amount"}};
    auto const cents = [&](auto const& row) {
        return cents_text(to_cents(report, units(row.amount, report.unit_decimals)));
    };
    for (std::size_t model = 0; model < by_channel.size(); ++model) {
        auto const channel = by_channel[model].largest_first()[0];
        auto const segments = by_segment[model].largest_first();
        if (channel.attributed)
            table.row({report.models[model].title, *channel.key, cents(channel), segments[0].key,
                       cents(segments[0])});
    }
    return table.text();
}

/// What became of all records, each kind in lines that add up.
template <class Audit>
std::string accounts_text(report_model const& report, Audit const& audit,
                          std::string const& unattributed) {
    using att::outcome;
    auto const& found = report.found;
    auto const number_of = [&](outcome what) {
        return static_cast<std::size_t>(std::ranges::count(
            audit.touchpoints(), what, [](auto const& one) { return one.what; }));
    };
    auto const nobody = report.unattributed.rows.size();
    auto const no_account = found.count("required(opportunity account)");
    return fmt::format(
        "Unattributed, whatever the model: {}\n\n{}\n{}\n{}", unattributed,
        counts_table("unattributed opportunities",
                     {{"account missing", no_account},
                      {"no touchpoint in the window", nobody - no_account},
                      {"all unattributed", nobody}}),
        counts_table(
            "touchpoints",
            {{"in the window of an opportunity", number_of(outcome::credited)},
             {"only before such windows", number_of(outcome::before_window)},
             {"only after the opportunities", number_of(outcome::after_window)},
             {"account without opportunity", number_of(outcome::no_such_key)},
             {"unusable: contact missing", found.count("required(touchpoint contact)")},
             {"unusable: contact unknown", found.count("known(touchpoint contact)")},
             {"unusable: contact without account", found.count("touchpoint contact has account")},
             {"all touchpoints", audit.touchpoints().size()}}),
        counts_table(
            "other odd rows",
            {{"touchpoints repeating an id (they count)", found.count("unique(touchpoint id)")},
             {"opportunities repeating an id (they count)", found.count("unique(opportunity id)")},
             {"contacts without id", found.count("required(contact id)")},
             {"contacts without account", found.count("contact has account")},
             {"contacts repeating an id (the first counts)", found.count("unique(contact id)")}}));
}

/// Why `credits`, those of `models`, are not what an earlier run published.
template <class Journeys, class Ledger, class Window>
void add_restatement(report_model& report, earlier_records const& earlier, Journeys const& then,
                     records const& data, std::vector<shown_model<Journeys>> const& models,
                     std::vector<Ledger> const& credits, Window const& window) {
    auto const both = models_in_both(report, earlier.run);
    auto const between = credits_of(then, models_then(models, models_of(then, window)), window);
    run_comparison comparison{compared(earlier.data), compared(data)};
    for (auto const& [model, published] : both.both)
        comparison.add(model, published, between[model], credits[model], data.decimals);
    describe_restatement(report, comparison, both, earlier.run);
}

/// `amount_of` is what counts of an exact amount: all of it, or what 32 bits leave.
template <class AmountOf>
written_report write_report(records const& data, date::days lookback, AmountOf amount_of,
                            amounts kind, bool intervals, earlier_records const* earlier,
                            output_directory& out) {
    // The attribution: who meets whom, what may earn, and how it is shared.
    auto const value_of = [&](opportunity const& sale) { return amount_of(sale.amount); };
    auto const journeys_of = [&](records const& from) {
        return att::join(
            att::conversions(from.opportunities, &opportunity::account, &opportunity::created,
                             value_of),
            att::touchpoints(from.touchpoints, &touchpoint::account, &touchpoint::time));
    };
    auto const journeys = journeys_of(data);
    auto const window = att::named(days_text(lookback), att::lookback(lookback));
    auto const models = models_of(journeys, window);
    auto const credits = credits_of(journeys, models, window);
    auto const by_channel = compare_by(credits, att::by(&touchpoint::channel));
    auto const by_both = compare_by(credits, att::by(&opportunity::segment, &touchpoint::channel));
    auto const audit = att::explain(journeys, att::linear, window);

    auto report = described(lookback, kind, data);
    report.found = validate(data, journeys, window);
    write_attribution(report, {out, "opportunity_touchpoints.csv"}, journeys, models, credits,
                      audit, by_channel, columns(), credits[linear]);
    describe_groups(report, by_both);
    if (intervals)
        add_intervals(
            report,
            interval_lines(compare_by(credits, att::with_intervals(att::by(&touchpoint::channel))),
                           data.decimals));
    report.figures = figures_of(report);
    if constexpr (std::is_same_v<AmountOf, std::identity>)
        if (earlier)
            add_restatement(report, *earlier, journeys_of(earlier->data), data, models, credits,
                            window);

    result_files file{out};
    for (std::size_t model = 0; model < models.size(); ++model) {
        auto const& name = report.models[model].name;
        write_totals(file(name + "_by_channel.csv"), {"channel_name", "total_pipeline"},
                     by_channel[model], data.decimals);
        write_totals(file(name + "_by_segment_and_channel.csv"),
                     {"sales_segment", "channel_name", "total_pipeline"}, by_both[model],
                     data.decimals);
    }
    file.add("opportunity_touchpoints.csv");
    auto unattributed = report.unattributed;
    for (auto& row : unattributed.rows)
        row.back() = row[1] ? "no touchpoint in the window" : "no account";
    write_table(file("unattributed.csv"), unattributed);
    write_audit(file("audit.csv"), journeys, audit, columns(), "opportunity_id", earned_in(audit),
                data.decimals);
    write_findings_csv(out, file.add("validation.csv"), report.found);
    write_reconciliations(file("reconciliation.csv"), report, credits,
                          {"sales_segment", "opportunities"}, att::by(&opportunity::segment));
    if (data.spend)
        write_returns(file("returns_by_channel.csv"), credits[linear], data, amount_of);

    auto const summary = fmt::format(
        "Pipeline by the channel that sourced it: {}, {} before each\n"
        "(in cents that add up)\n\n{}\n{}{}\n{}{}\n{}\n{}",
        counted_text(data.opportunities.size(), "opportunity", "opportunities"),
        days_text(lookback), comparison_text(report.compared, report.models),
        restatement_text(report),
        sourced_most_text(report, by_channel, compare_by(credits, att::by(&opportunity::segment))),
        accounts_text(report, audit, full_text(by_channel[0].unattributed(), data.decimals)),
        nothing_text(data.input), reconciliation_text(report),
        findings_table(broken_rules(report.found)));
    return {summary, file.names, std::move(report)};
}

}  // namespace

written_report write_report(records const& data, date::days lookback, amounts kind, bool intervals,
                            earlier_records const* earlier, output_directory& out) {
    if (kind == amounts::exact)
        return write_report(data, lookback, std::identity{}, kind, intervals, earlier, out);
    // As the published report stored them. Exact double, then one rounding: the text read as a
    // float would be the same.
    auto const as_float32 = [&](exact_amount amount) -> double {
        return static_cast<float>(
            in_whole_units(amount, static_cast<double>(amount.units()), data.decimals));
    };
    return write_report(data, lookback, as_float32, kind, intervals, nullptr, out);
}

}  // namespace pipeline
