// SPDX-License-Identifier: BSL-1.0
#include <pipeline/quality.hpp>

#include <support/attribution_figures.hpp>
#include <support/attribution_report.hpp>
#include <support/attribution_tables.hpp>
#include <support/findings_output.hpp>
#include <support/models_side_by_side.hpp>
#include <support/record_counts.hpp>
#include <support/report_text.hpp>
#include <support/restated.hpp>
#include <support/run_report.hpp>

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace att = attribution;

namespace pipeline {

namespace {

using namespace examples;

struct settings {
    std::filesystem::path spend = {};  // a file; empty: none
    int lookback_days = 90;
    std::string amounts = "exact";  // or float32

    [[nodiscard]] bool exact() const { return amounts == "exact"; }
    [[nodiscard]] std::string lookback() const {
        return counted_text(static_cast<std::size_t>(lookback_days), "day", "days");
    }

    void add_to(CLI::App& options) {
        add_value(options, "--spend", spend, "FILE", "What the channels cost, see below",
                  "Input and output");
        add_value(options, "--lookback-days", lookback_days, "N=90",
                  "How long a touchpoint counts, in days of 24 hours")
            ->check(CLI::Range(0, 36'500));
        add_choice(options, "--amounts", amounts, {"exact", "float32"},
                   "Exact decimals, or 32-bit floats as in the published report");
    }
    void understand(report_options const& common) const {
        if (!common.against.empty() && !exact())
            throw CLI::ValidationError{"--against", "compares exact amounts: leave out --amounts"};
    }
};

/// By rules, and by what the paths themselves teach, where they do.
template <class Journeys, class Window>
auto models_of(Journeys const& journeys, Window const& window, report_text const& text) {
    told_models<Journeys> models{text};
    models.add("first_touch", att::first_touch);
    models.add("last_touch", att::last_touch);
    models.add("linear", att::linear);
    models.add("position_based", att::position_based());
    models.add("time_decay", att::time_decay(date::days{7}));
    models.learn("markov",
                 [&] { return att::fit(journeys, att::markov(&touchpoint::channel), window); });
    models.learn("shapley",
                 [&] { return att::fit(journeys, att::shapley(&touchpoint::channel), window); });
    return std::move(models).all();
}
constexpr std::size_t linear = 2;  // the model that is told in detail

/// The records as people see them, and as two runs compare them.
constexpr struct {
    compared_touchpoint operator()(touchpoint const& one) const {
        auto const person = one.contact.view().value_or(std::string_view{});
        return {one.id, one.account.view(), person, one.channel, one.type, {}, one.time};
    }
    compared_conversion operator()(opportunity const& one) const {
        return {one.id, one.account.view(), one.created, one.amount.value};
    }
} seen;

record_columns<touchpoint, opportunity> columns() {
    return {.conversion = columns_of(opportunity_fields()),
            .touchpoint =
                columns_of(touchpoint_fields(), {"touchpoint_id", "touchpoint_type", "channel_name",
                                                 "contact_id", "touchpoint_date"}),
            .audit =
                columns_of(touchpoint_fields(), {"touchpoint_type", "touchpoint_id", "contact_id",
                                                 "account_id", "channel_name", "touchpoint_date"}),
            .pairs = "opportunity_touchpoints",
            .unattributed = "unattributed_opportunities",
            .credited = "linear_pipeline",
            .name = [](opportunity const& one) { return std::string{one.id}; },
            .group = [](opportunity const& one) { return std::string{one.segment}; },
            .step = [](touchpoint const& one) { return step_of(seen(one)); }};
}

/// `amount_of` is what counts of an exact amount: all of it, or what 32 bits leave.
template <class AmountOf>
written_report write_amounts(records const& data, settings const& asked, run_options const& common,
                             AmountOf amount_of, output_directory& out) {
    // The attribution: who meets whom, what may earn, and how it is shared.
    auto const journeys_of = [&](records const& from) {
        return att::join(
            att::conversions(from.opportunities, &opportunity::account, &opportunity::created,
                             [&](opportunity const& sale) { return amount_of(sale.amount.value); }),
            att::touchpoints(from.touchpoints, &touchpoint::account, &touchpoint::time));
    };
    auto const journeys = journeys_of(data);
    auto const window =
        att::named(asked.lookback(), att::lookback(date::days{asked.lookback_days}));
    report_text const text{
        report_prose,
        {{"lookback", asked.lookback()}, {"decimals", std::to_string(data.decimals)}}};
    auto const models = models_of(journeys, window, text);
    models_side_by_side all{
        journeys, window, models, linear, &touchpoint::channel, &opportunity::segment};
    auto const& by_linear = all.credits()[linear];

    auto report = text.report("pipeline");
    report.unit_decimals = data.decimals;
    report.chosen = linear;
    auto const all_fit = data.decimals == most_decimals;
    report.policy.push_back(text.one("amounts", !asked.exact() ? "float32"
                                                : all_fit      ? "exact"
                                                               : "rounded"));
    report.options = {{"lookback-days", std::to_string(asked.lookback_days)},
                      {"amounts", asked.amounts}};
    add_reading(report, data.input);

    all.begin_audit(out, columns(), data.decimals);
    report.found = validate(data, journeys, window);
    all.describe(report, out, columns(), by_linear, common.intervals);
    report.figures = usual_figures(report, text);
    if constexpr (std::is_same_v<AmountOf, std::identity>)
        if (common.earlier) {
            records then;
            read_earlier(*common.earlier, then.texts, touchpoint_fields(), then.touchpoints,
                         opportunity_fields(), then.opportunities, data.decimals);
            auto const before = journeys_of(then);
            auto const& nothing = data.input.nothing;
            describe_restatement(
                report,
                run_comparison{compared_by(seen, then.touchpoints, then.opportunities, nothing),
                               compared_by(seen, data.touchpoints, data.opportunities, nothing)},
                credits_of(before, models_then(models, models_of(before, window, text)), window),
                all.credits(), *common.earlier);
        }

    result_files file{out};
    auto unattributed = report.unattributed;
    for (auto& row : unattributed.rows)
        row.back() = row[1] ? "no touchpoint in the window" : "no account";
    all.write(out, file, report, columns(), {"sales_segment", "channel_name", "total_pipeline"},
              unattributed);
    if (data.spend)
        write_returns(file("returns_by_channel.csv"), "linear_pipeline", by_linear, *data.spend,
                      amount_of, &touchpoint::channel, &touchpoint::time, data.decimals);

    auto const summary = fmt::format(
        "Pipeline by the channel that sourced it: {}, {} before each\n"
        "(in cents that add up)\n\n{}\n{}{}\nUnattributed, whatever the model: {}\n\n{}{}\n{}\n{}",
        counted_text(data.opportunities.size(), "opportunity", "opportunities"), asked.lookback(),
        comparison_text(report.compared, report.models), restatement_text(report),
        largest_text(report, all.by_channel(), "segment", all.by_group()),
        full_text(all.by_channel()[0].unattributed(), data.decimals),
        record_counts{report, all.audit()}.tables(
            text, {"unattributed opportunities", "touchpoints", "other odd rows"}),
        nothing_text(data.input), reconciliation_text(report),
        findings_table(broken_rules(report.found)));
    return {summary, file.names, std::move(report)};
}

written_report write_report(records const& data, settings const& asked, run_options const& common,
                            output_directory& out) {
    if (asked.exact())
        return write_amounts(data, asked, common, std::identity{}, out);
    // As the published report stored them. Exact double, then one rounding: the text read as a
    // float would be the same.
    auto const as_float32 = [&](exact_amount amount) -> double {
        return static_cast<float>(
            in_whole_units(amount, static_cast<double>(amount.units()), data.decimals));
    };
    return write_amounts(data, asked, common, as_float32, out);
}

records read(settings const& asked, run_options const& common) {
    auto const own_spend = common.sampled && asked.spend.empty();
    return load(common.data, own_spend ? common.data / "de_hw_spend_data.csv" : asked.spend,
                common.input);
}

}  // namespace

}  // namespace pipeline

int main(int argc, char** argv) {
    return examples::run_report<pipeline::settings>(
        argc, argv,
        {.name = "pipeline",
         .working = "attributing opportunities",
         .sample = [] { return examples::pipeline_sample().files; },
         .against = examples::run_layout{.pairs = "opportunity_touchpoints.csv",
                                         .conversion_key = "account_id",
                                         .touchpoint_key = "account_id",
                                         .option = "--amounts exact"}},
        pipeline::read, pipeline::write_report);
}
