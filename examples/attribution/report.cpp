// SPDX-License-Identifier: BSL-1.0
#include "report.hpp"

#include "against.hpp"
#include "quality.hpp"
#include "rules.hpp"

#include <support/attribution_figures.hpp>
#include <support/attribution_parts.hpp>
#include <support/attribution_report.hpp>
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
#include <optional>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;

namespace own_files {

namespace {

using examples::report_model;
using examples::result;

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
    std::string read = "Read:\n", reasons;
    for (auto const& note : data.notes)
        read += "  " + note + '\n';
    for (auto const& table : report.reasons)
        reasons += reasons_text(table) + '\n';
    return fmt::format(
        "{}{} by channel: {}, lookback {}\n"
        "(in cents that add up)\n\n{}\n{}{}{}\n{}{}\n{}",
        data.currency.empty() ? "" : data.currency + ", ",
        data.currency.empty() ? "Value" : "value",
        examples::counted_text(conversions_in(report), "conversion", "conversions"),
        asked.lookback_text, examples::comparison_text(report.compared, report.models),
        examples::restatement_text(report), reasons, read, nothing_text(data.input),
        reconciliation_text(report),
        asked.needs.rules ? examples::findings_table(examples::broken_rules(report.found))
                          : std::string{});
}

std::vector<examples::figure> figures_of(report_model const& report) {
    return usual_figures(report,
                         {.comparison = "Value by channel and model",
                          .by_month = "value_by_month",
                          .by_month_title = fmt::format("Value by month and channel, {} model",
                                                        report.models[report.chosen].title),
                          .month = "Month of conversion",
                          .month_note = "Months of the conversions (UTC)."});
}

/// How tables of results by channel and by segment are called.
examples::total_titles const titles{"segment", "channel", "value"};

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
    if (asked.needs.rules)
        said.push_back(
            fmt::format("Not checked, for it takes all rows at once: {}.", rules_for_all_rows()));
    return said;
}

/// Those result files that are wanted, and a list of their names.
struct wanted_files {
    wanted_files(examples::wanted_results const& results, examples::output_directory& out)
        : wanted{&results}, all{out}, into{&out} {}

    [[nodiscard]] bool wants(result one) const { return wanted->has(one); }
    /// A file that may not be wanted, which is then written to nowhere.
    [[nodiscard]] examples::csv_writer writer(result one, std::string const& name) const {
        return wants(one) ? examples::csv_writer{*into, name} : examples::csv_writer{};
    }
    /// The same, added to the list.
    [[nodiscard]] examples::csv_writer operator()(result one, std::string const& name) {
        return wants(one) ? all(name) : examples::csv_writer{};
    }

    examples::wanted_results const* wanted;
    examples::result_files all;
    examples::output_directory* into;
};

auto const groups_and_channels = att::by(&sale::segment, &touch::channel);

using proof_row = att::reconciliation_row<std::string, examples::exact_amount>;

}  // namespace

examples::written_report write_report(records const& data, settings const& asked,
                                      earlier_records* earlier, examples::output_directory& out) {
    // The attribution: who meets whom, what may earn, how it is shared, and what is taken back.
    auto const journeys = att::join(conversions_of(data.sales), touchpoints_of(data.touches));
    auto const policy = policy_of(asked);
    auto const chosen = models_of(asked, journeys, policy);
    auto const credits = credits_of(journeys, chosen.models, policy, data.refunds);
    auto const by_channel = compare_by(credits, att::by(&touch::channel));
    auto by_both = compare_by(std::vector<ledger_type>{}, groups_and_channels);
    if (data.segments)
        by_both = compare_by(credits, groups_and_channels);

    auto report = described(asked, data, chosen);
    report.policy = policy_sentences(asked, data, chosen, data.refunds.size());
    auto const& needs = asked.needs;
    wanted_files file{asked.common.results, out};
    auto columns = columns_of(data);
    columns.credited = chosen.models[report.chosen].shown.name + "_value";
    std::optional<decltype(att::explain(journeys, chosen.models[0].weigh, policy))> audit;
    std::future<void> audited;
    if (needs.outcomes)
        audit = att::explain(journeys, chosen.models[report.chosen].weigh, policy);
    if (file.wants(result::audit))  // the longest file by far is written beside all the rest
        audited = std::async([&, audit_file = examples::csv_writer{out, "audit.csv"}] {
            write_audit(audit_file, journeys, *audit, columns, "conversion_id",
                        earned_of(credits[report.chosen], data.touches.size()), data.decimals);
        });
    if (needs.rules)
        report.found = validate(data, asked, journeys, policy);
    if (needs.paths)
        write_attribution(report, file.writer(result::conversions, "conversion_touchpoints.csv"),
                          journeys, chosen.models, credits, *audit, by_channel, columns,
                          att::attribute(journeys, att::linear, policy));
    else if (needs.outcomes)
        describe_models(report, chosen.models, credits, *audit, by_channel);
    else
        describe_models(report, chosen.models, credits, by_channel);
    if (!needs.paths)
        report.sums.emplace().conversions = data.sales.size();
    else if (data.segments)
        describe_groups(report, by_both);
    if (asked.common.intervals)
        examples::add_intervals(
            report,
            examples::interval_lines(
                examples::compare_by(credits, att::with_intervals(att::by(&touch::channel))),
                data.decimals));
    if (earlier)
        describe_restatement(report, *earlier, data, asked, chosen.models, credits);

    if (file.wants(result::tables))
        write_totals_by_model(file.all, report, titles, by_channel, by_both);
    if (file.wants(result::conversions)) {
        file.all.add("conversion_touchpoints.csv");
        write_table(file.all("unattributed.csv"), report.unattributed);
    }
    if (file.wants(result::audit))
        file.all.add("audit.csv");
    if (file.wants(result::validation))
        examples::write_findings_csv(out, file.all.add("validation.csv"), report.found);
    write_reconciliations(file(result::reconciliation, "reconciliation.csv"), report, credits,
                          {"segment", "conversions"}, att::by(&sale::segment));
    auto refunds = file(result::conversions, "refunds.csv");
    write_refund_header(refunds, data);
    write_refunds(refunds, data);
    if (file.wants(result::settings))
        out.file(file.all.add("attribution.toml")).write(asked.repeat + currency_note(data));
    if (needs.paths)
        report.figures = figures_of(report);
    if (audited.valid())
        audited.get();
    return {summary_of(report, asked, data), file.all.names, std::move(report)};
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
    examples::summed_groups by_both{groups_and_channels, report.models.size(), nothing};
    auto const intervals = asked.common.intervals;
    examples::summed_groups resampled{att::with_intervals(att::by(&touch::channel)),
                                      intervals ? report.models.size() : 0, nothing};
    std::vector<examples::summed_proofs<proof_row>> proofs(report.models.size());
    std::vector<att::outcome_count> of_touchpoints, of_conversions;
    part_validation validation{asked, tables.channels(), tables.segments()};
    examples::path_sums sums;
    std::size_t taken_back = 0, conversions = 0;
    auto const& needs = asked.needs;
    wanted_files file{asked.common.results, out};
    auto pairs = file.writer(result::conversions, "conversion_touchpoints.csv");
    auto unattributed = file.writer(result::conversions, "unattributed.csv");
    auto audited = file.writer(result::audit, "audit.csv");
    auto refunds = file.writer(result::conversions, "refunds.csv");
    write_audit_header(audited, columns, "conversion_id");
    write_refund_header(refunds, few);
    records part;
    // Without any records there is one part, which is empty.
    for (auto first = true; tables.next(part) || first; first = false) {
        auto const journeys = att::join(conversions_of(part.sales), touchpoints_of(part.touches));
        auto const credits = credits_of(journeys, chosen.models, policy, part.refunds);
        by_channel.add(credits);
        if (part.segments)
            by_both.add(credits);
        if (intervals)
            resampled.add(credits);
        for (std::size_t model = 0; model < credits.size(); ++model)
            proofs[model].add(att::reconcile(credits[model], att::by(&sale::segment)));
        if (needs.rules)
            validation.add(part, journeys, policy);
        if (needs.outcomes) {
            auto const audit = att::explain(journeys, chosen.models[report.chosen].weigh, policy);
            examples::add_counts(of_touchpoints, audit.touchpoint_counts());
            examples::add_counts(of_conversions, audit.conversion_counts());
            if (file.wants(result::audit))
                write_audit_rows(audited, journeys, audit, columns,
                                 earned_of(credits[report.chosen], part.touches.size()), decimals);
            if (needs.paths) {
                auto const all = att::attribute(journeys, att::linear, policy);
                report_model of_part{
                    .unit_decimals = decimals, .models = report.models, .chosen = report.chosen};
                add_paths(of_part, journeys, all, audit, columns);
                for (std::size_t model = 0; model < credits.size(); ++model)
                    add_credits(of_part, all, credits[model], model);
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
            }
        }
        write_refunds(refunds, part);
        conversions += part.sales.size();
        taken_back += part.refunds.size();
        step.at(fmt::format("attributing conversions, {} % of the rows", tables.percent()));
    }

    sums.conversions = conversions;
    report.sums = std::move(sums);
    auto const channels = by_channel.reports();
    auto const both = by_both.reports();
    describe_channels(report, channels);
    if (needs.outcomes)
        describe_reasons(report, of_touchpoints, of_conversions);
    if (few.segments)
        describe_groups(report, both);
    if (intervals)
        examples::add_intervals(report, examples::interval_lines(resampled.reports(), decimals));
    if (needs.rules)
        report.found = validation.all(tables.known());
    for (std::size_t model = 0; model < proofs.size(); ++model)
        report.proof.push_back(
            proof_line(report.models[model].title, proofs[model].all(),
                       [&](auto const& amount) { return examples::full_text(amount, decimals); }));
    report.policy = policy_sentences(asked, few, chosen, taken_back);
    auto const left_out = left_out_sentences(asked);
    report.policy.insert(report.policy.end(), left_out.begin(), left_out.end());
    report.options.emplace_back("sorted-by-key", "yes");

    if (file.wants(result::tables))
        write_totals_by_model(file.all, report, titles, channels, both);
    for (auto const& [what, name] : {std::pair{result::conversions, "conversion_touchpoints.csv"},
                                     {result::conversions, "unattributed.csv"},
                                     {result::audit, "audit.csv"}})
        if (file.wants(what))
            file.all.add(name);
    if (file.wants(result::validation))
        examples::write_findings_csv(out, file.all.add("validation.csv"), report.found);
    auto proof = file(result::reconciliation, "reconciliation.csv");
    examples::write_proof_header(proof, {"segment", "conversions"});
    for (std::size_t model = 0; model < proofs.size(); ++model)
        examples::write_proof_rows<true>(proof, report.models[model].name, proofs[model].rows(),
                                         decimals);
    if (file.wants(result::conversions))
        file.all.add("refunds.csv");
    if (file.wants(result::settings))
        out.file(file.all.add("attribution.toml")).write(asked.repeat + currency_note(few));
    if (needs.paths)
        report.figures = figures_of(report);
    return {fmt::format("{}\n{}\n", summary_of(report, asked, tables.known()),
                        fmt::join(left_out, "\n")),
            file.all.names, std::move(report)};
}

}  // namespace own_files
