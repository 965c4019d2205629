// SPDX-License-Identifier: BSL-1.0
#include "report.hpp"

#include "against.hpp"
#include "quality.hpp"
#include "rules.hpp"

#include <support/attribution_figures.hpp>
#include <support/attribution_parts.hpp>
#include <support/attribution_report.hpp>
#include <support/comparison_figure.hpp>
#include <support/findings_output.hpp>
#include <support/input_findings.hpp>
#include <support/intervals.hpp>
#include <support/page.hpp>
#include <support/restated.hpp>
#include <support/text_table.hpp>

#include <attribution/report/with_intervals.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;

namespace own_files {

namespace {

using examples::report_model;

/// The columns of results.
examples::record_columns<touch, sale> columns_of(records const& data) {
    using kind = examples::database_column::kind;
    examples::record_columns<touch, sale> columns;
    columns.conversion = {{"conversion_id", kind::text, &sale::id},
                          {"key", kind::text, &sale::key},
                          {"value", kind::amount,
                           [decimals = data.decimals](sale const& one) {
                               return examples::amount_text(one.amount, decimals);
                           }},
                          {"conversion_time", kind::time, &sale::at}};
    if (data.segments)
        columns.conversion.push_back({"segment", kind::text, &sale::segment});
    auto& seen = columns.touchpoint;
    if (data.touch_ids)
        seen.push_back({"touchpoint_id", kind::text, &touch::id});
    seen.push_back({"channel_name", kind::text, &touch::channel});
    if (data.kinds)
        seen.push_back({"kind", kind::text, &touch::kind});
    if (data.bridged)
        seen.push_back({"person", kind::text, &touch::person});
    seen.push_back({"touchpoint_time", kind::time, &touch::at});
    columns.audit = seen;
    columns.audit.insert(columns.audit.begin(), {"key", kind::text, &touch::key});
    if (!data.trait_column.empty())
        columns.audit.push_back({trait_title(data.trait_column), kind::text, &touch::trait});
    columns.pairs = "conversion_touchpoints";
    columns.unattributed = "unattributed_conversions";
    columns.name = [](sale const& one) { return one.id; };
    columns.group = [](sale const& one) { return one.segment; };
    columns.step = [](touch const& one) {
        return examples::path_step{std::string{one.kind.view()},
                                   std::string{one.channel.view()},
                                   std::string{one.person.view().value_or("")},
                                   one.at,
                                   {}};
    };
    return columns;
}

/// What was paid back, which no other table has.
void write_refund_header(examples::csv_writer& file, records const& data) {
    std::vector<std::string> cells{"conversion_id", "key", "value", "refund_time"};
    if (data.segments)
        cells.emplace_back("segment");
    file.cells(cells);
}
void write_refunds(examples::csv_writer& file, records const& data) {
    for (auto const& one : data.refunds) {
        std::vector<std::string> cells{one.id, one.key.value_or(""),
                                       examples::amount_text(one.amount, data.decimals),
                                       examples::time_text(one.at)};
        if (data.segments)
            cells.push_back(one.segment);
        file.cells(cells);
    }
}

std::vector<std::string> policy_sentences(settings const& asked, records const& data,
                                          asked_models const& chosen, std::size_t refunds) {
    std::vector<std::string> said;
    said.push_back(
        asked.lookback
            ? fmt::format("A touchpoint may earn credit from a conversion of the same "
                          "key in the {} before it, both ends included.",
                          asked.lookback_text)
            : "A touchpoint may earn credit from every later conversion of the same key.");
    if (asked.click_lookback)
        said.push_back(fmt::format("A click counts for {}.", length_text(*asked.click_lookback)));
    if (asked.view_lookback)
        said.push_back(fmt::format("A view counts for {}.", length_text(*asked.view_lookback)));
    if (!asked.excluded.empty())
        said.push_back(
            fmt::format("These channels earn nothing: {}.", fmt::join(asked.excluded, ", ")));
    if (asked.sessions)
        said.push_back(fmt::format("Models see visits: touchpoints with pauses of at most {} are "
                                   "one, and its first counts.",
                                   length_text(*asked.sessions)));
    if (asked.once_per_channel)
        said.emplace_back("Of each channel, models see the first touchpoint of a path.");
    if (refunds > 0)
        said.push_back(examples::counted_text(refunds,
                                              "refund takes back what its conversion gave.",
                                              "refunds take back what their conversions gave."));
    said.push_back(
        data.decimals == examples::most_decimals
            ? std::string{"Values are exact decimals."}
            : fmt::format("Values are decimals with {} places, all that fit.", data.decimals));
    said.insert(said.end(), data.notes.begin(), data.notes.end());
    for (auto const& why : chosen.left_out)
        said.push_back("Left out: " + why);
    return said;
}

/// What is known before anything is attributed.
report_model described(settings const& asked, records const& data, asked_models const& chosen) {
    report_model report{
        .program = "attribution",
        .title = "Conversions by channel",
        .question = "Which channel earned the conversions? Every conversion is shared out among "
                    "the touchpoints of its key.",
        .words = {.channel = "channel",
                  .channels = "channels",
                  .conversion = "conversion",
                  .conversions = "conversions",
                  .touchpoint = "touchpoint",
                  .touchpoints = "touchpoints",
                  .amount = "value",
                  .group = data.segments ? "segment" : ""},
        .currency = data.currency,
        .unit_decimals = data.decimals};
    auto const linear = std::ranges::find(chosen.models, "linear",
                                          [](auto const& model) { return model.shown.name; });
    if (linear != chosen.models.end())
        report.chosen = static_cast<std::size_t>(linear - chosen.models.begin());
    std::string models;
    for (auto const& one : asked.models)
        models += (models.empty() ? "" : ",") + one.name;
    report.options = {{"models", models}, {"lookback", asked.lookback_text}};
    add_reading(report, data.input);
    report.inputs = data.inputs;
    return report;
}

/// What every touchpoint earned, refunds taken back.
std::vector<examples::exact_amount> earned_of(ledger_type const& credits, std::size_t touchpoints) {
    std::vector<examples::exact_amount> earned(touchpoints);
    for (auto const& credit : credits)
        if (credit.attributed())
            earned[credit.touchpoint] += credit.amount;
    return earned;
}

std::string reasons_text(examples::reason_table const& table) {
    examples::text_table result{{table.title, "number"}};
    for (auto const& line : table.lines)
        result.row({line.text, examples::count_text(line.count)});
    return result.text();
}

std::string summary_of(report_model const& report, settings const& asked, records const& data) {
    std::string read = "Read:\n";
    for (auto const& note : data.notes)
        read += "  " + note + '\n';
    return fmt::format("{}{} by channel: {}, lookback {}\n"
                       "(in cents that add up)\n\n{}\n{}{}\n{}\n{}\n{}{}\n{}",
                       data.currency.empty() ? "" : data.currency + ", ",
                       data.currency.empty() ? "Value" : "value",
                       examples::counted_text(conversions_in(report), "conversion", "conversions"),
                       asked.lookback_text,
                       examples::comparison_text(report.compared, report.models),
                       examples::restatement_text(report), reasons_text(report.reasons[0]),
                       reasons_text(report.reasons[1]), read, nothing_text(data.input),
                       reconciliation_text(report),
                       examples::findings_table(examples::broken_rules(report.found)));
}

std::vector<examples::figure> figures_of(report_model const& report) {
    auto comparison =
        examples::comparison_figure(report, "channels_by_model", "Value by channel and model");
    auto const value = comparison.value;
    std::vector<examples::figure> figures{std::move(comparison)};
    if (!report.words.group.empty())
        figures.push_back(segment_figure(report, "segment_by_channel_heatmap"));
    figures.push_back(time_to_conversion_figure(report));
    figures.push_back(monthly_figure(
        report, "value_by_month",
        fmt::format("Value by month and channel, {} model", report.models[report.chosen].title),
        "Month of conversion", "Months of the conversions (UTC).", value));
    return figures;
}

/// The tables of results by channel and by segment.
template <class ByChannel, class ByBoth>
void write_models(examples::result_files& file, report_model const& report, records const& data,
                  ByChannel const& by_channel, ByBoth const& by_both) {
    for (std::size_t model = 0; model < report.models.size(); ++model) {
        auto const& name = report.models[model].name;
        write_totals(file(name + "_by_channel.csv"), {"channel", "value"}, by_channel[model],
                     data.decimals);
        if (data.segments)
            write_totals(file(name + "_by_segment_and_channel.csv"),
                         {"segment", "channel", "value"}, by_both[model], data.decimals);
    }
}

/// Values of paths less what was paid back.
void take_back_from_paths(report_model& report, ledger_type const& credits) {
    for (auto const& change : credits.changes())
        report.paths[change.conversion].units += change.amount.units();
}

/// What is left out of a run that sees a part of the rows at a time.
std::vector<std::string> left_out_sentences(settings const& asked) {
    std::vector<std::string> said;
    if (!asked.models_left_out.empty())
        said.push_back(fmt::format("Left out, for it is learned from all rows at once: {}.",
                                   fmt::join(asked.models_left_out, ", ")));
    said.push_back(
        fmt::format("Not checked, for it takes all rows at once: {}.", rules_for_all_rows()));
    return said;
}

using proof_row = att::reconciliation_row<std::string, examples::exact_amount>;

}  // namespace

examples::written_report write_report(records const& data, settings const& asked,
                                      earlier_records* earlier, examples::output_directory& out) {
    // The attribution: who meets whom, what may earn, how it is shared, and what is taken back.
    auto const journeys = att::join(conversions_of(data.sales), touchpoints_of(data.touches));
    auto const policy = policy_of(asked);
    auto const chosen = models_of(asked, journeys, policy);
    auto const credits = credits_of(journeys, chosen.models, policy, data.refunds);
    auto const all = att::attribute(journeys, att::linear, policy);
    auto const by_channel = compare_by(credits, att::by(&touch::channel));
    auto const by_both = compare_by(credits, att::by(&sale::segment, &touch::channel));

    auto report = described(asked, data, chosen);
    report.policy = policy_sentences(asked, data, chosen, data.refunds.size());
    auto const audit = att::explain(journeys, chosen.models[report.chosen].weigh, policy);
    auto columns = columns_of(data);
    columns.credited = chosen.models[report.chosen].shown.name + "_value";
    // The longest file by far is written beside all the rest.
    examples::csv_writer audit_file{out, "audit.csv"};
    auto audited = std::async([&] {
        write_audit(audit_file, journeys, audit, columns, "conversion_id",
                    earned_of(credits[report.chosen], data.touches.size()), data.decimals);
    });
    report.found = validate(data, asked, journeys, policy);
    write_attribution(report, {out, "conversion_touchpoints.csv"}, journeys, chosen.models, credits,
                      audit, by_channel, columns, all);
    if (data.segments)
        describe_groups(report, by_both);
    if (asked.common.intervals)
        examples::add_intervals(
            report,
            examples::interval_lines(
                examples::compare_by(credits, att::with_intervals(att::by(&touch::channel))),
                data.decimals));
    if (earlier)
        describe_restatement(report, *earlier, data, asked, chosen.models, credits);

    examples::result_files file{out};
    write_models(file, report, data, by_channel, by_both);
    file.add("conversion_touchpoints.csv");
    write_table(file("unattributed.csv"), report.unattributed);
    file.add("audit.csv");
    examples::write_findings_csv(out, file.add("validation.csv"), report.found);
    write_reconciliations(file("reconciliation.csv"), report, credits, {"segment", "conversions"},
                          att::by(&sale::segment));
    auto refunds = file("refunds.csv");
    write_refund_header(refunds, data);
    write_refunds(refunds, data);
    out.file(file.add("attribution.toml")).write(asked.repeat + currency_note(data));
    report.figures = figures_of(report);
    audited.get();
    return {summary_of(report, asked, data), file.names, std::move(report)};
}

examples::written_report write_sorted_report(sorted_tables& tables, settings const& asked,
                                             examples::output_directory& out,
                                             examples::progress& step) {
    // All that models need to know of all records is which kinds of touchpoints there are.
    auto few = tables.known();
    for (auto const& kind : tables.kinds().lines())
        few.touches.emplace_back().kind = few.names->keep(kind.name);
    auto const policy = policy_of(asked);
    auto const chosen =
        models_of(asked, att::join(conversions_of(few.sales), touchpoints_of(few.touches)), policy);
    auto report = described(asked, few, chosen);
    for (auto const& model : chosen.models)
        report.models.push_back(model.shown);
    auto const decimals = few.decimals;
    auto columns = columns_of(few);
    columns.credited = report.models[report.chosen].name + "_value";

    ledger_type const nothing{conversions_of(few.sales), touchpoints_of(few.touches), {}};
    examples::summed_groups by_channel{att::by(&touch::channel), report.models.size(), nothing};
    examples::summed_groups by_both{att::by(&sale::segment, &touch::channel), report.models.size(),
                                    nothing};
    std::vector<examples::summed_proofs<proof_row>> proofs(report.models.size());
    std::vector<att::outcome_count> of_touchpoints, of_conversions;
    part_validation validation{tables.channels(), tables.segments()};
    examples::path_sums sums;
    std::size_t taken_back = 0;
    examples::csv_writer pairs{out, "conversion_touchpoints.csv"};
    examples::csv_writer unattributed{out, "unattributed.csv"};
    examples::csv_writer audited{out, "audit.csv"};
    examples::csv_writer refunds{out, "refunds.csv"};
    write_audit_header(audited, columns, "conversion_id");
    write_refund_header(refunds, few);
    records part;
    // Without any records there is one part, which is empty.
    for (auto first = true; tables.next(part) || first; first = false) {
        auto const journeys = att::join(conversions_of(part.sales), touchpoints_of(part.touches));
        auto const credits = credits_of(journeys, chosen.models, policy, part.refunds);
        auto const all = att::attribute(journeys, att::linear, policy);
        auto const audit = att::explain(journeys, chosen.models[report.chosen].weigh, policy);
        by_channel.add(credits);
        if (part.segments)
            by_both.add(credits);
        examples::add_counts(of_touchpoints, audit.touchpoint_counts());
        examples::add_counts(of_conversions, audit.conversion_counts());
        validation.add(part, journeys, policy);

        report_model of_part{
            .unit_decimals = decimals, .models = report.models, .chosen = report.chosen};
        add_paths(of_part, journeys, all, audit, columns);
        for (std::size_t model = 0; model < credits.size(); ++model) {
            proofs[model].add(att::reconcile(credits[model], att::by(&sale::segment)));
            add_credits(of_part, all, credits[model], model);
        }
        take_back_from_paths(of_part, credits[report.chosen]);
        add_sums(sums, of_part);
        std::ranges::move(of_part.paths, std::back_inserter(report.paths));
        examples::keep_shown(report.paths);
        if (first) {
            write_header(pairs, of_part.pairs);
            write_header(unattributed, of_part.unattributed);
        }
        write_rows(pairs, of_part.pairs);
        write_rows(unattributed, of_part.unattributed);
        write_audit_rows(audited, journeys, audit, columns,
                         earned_of(credits[report.chosen], part.touches.size()), decimals);
        write_refunds(refunds, part);
        taken_back += part.refunds.size();
        step.at(fmt::format("attributing conversions, {} % of the rows", tables.percent()));
    }

    report.sums = std::move(sums);
    auto const channels = by_channel.reports();
    auto const both = by_both.reports();
    describe_channels(report, channels);
    describe_reasons(report, of_touchpoints, of_conversions);
    if (few.segments)
        describe_groups(report, both);
    report.found = validation.all(tables.known(), asked);
    for (std::size_t model = 0; model < proofs.size(); ++model)
        report.proof.push_back(
            proof_line(report.models[model].title, proofs[model].all(),
                       [&](auto const& amount) { return examples::full_text(amount, decimals); }));
    report.policy = policy_sentences(asked, few, chosen, taken_back);
    auto const left_out = left_out_sentences(asked);
    report.policy.insert(report.policy.end(), left_out.begin(), left_out.end());
    report.options.emplace_back("sorted-by-key", "yes");

    examples::result_files file{out};
    write_models(file, report, few, channels, both);
    for (auto const* const name : {"conversion_touchpoints.csv", "unattributed.csv", "audit.csv"})
        file.add(name);
    examples::write_findings_csv(out, file.add("validation.csv"), report.found);
    auto proof = file("reconciliation.csv");
    examples::write_proof_header(proof, {"segment", "conversions"});
    for (std::size_t model = 0; model < proofs.size(); ++model)
        examples::write_proof_rows<true>(proof, report.models[model].name, proofs[model].rows(),
                                         decimals);
    file.add("refunds.csv");
    out.file(file.add("attribution.toml")).write(asked.repeat + currency_note(few));
    report.figures = figures_of(report);
    return {fmt::format("{}\n{}\n", summary_of(report, asked, tables.known()),
                        fmt::join(left_out, "\n")),
            file.names, std::move(report)};
}

}  // namespace own_files
