// SPDX-License-Identifier: BSL-1.0
#include <pipeline/report.hpp>

#include <pipeline/figures.hpp>
#include <pipeline/proof.hpp>
#include <pipeline/quality.hpp>
#include <pipeline/spend.hpp>
#include <pipeline/summary.hpp>

#include <support/findings_output.hpp>
#include <support/input_findings.hpp>

#include <attribution/attribution.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace att = attribution;

namespace pipeline {

namespace {

constexpr auto half_life = date::days{7};

/// The result files, and a list of their names.
class result_files {
  public:
    explicit result_files(examples::output_directory& out) : out_{&out} {}

    examples::csv_writer operator()(std::string const& name) { return {*out_, add(name)}; }
    std::string const& add(std::string const& name) { return names.emplace_back(name); }

    std::vector<std::string> names;

  private:
    examples::output_directory* out_;
};

template <class Report>
void write_by_channel(examples::csv_writer file, Report const& report, std::size_t model,
                      int decimals) {
    file.row("channel_name", "total_pipeline");
    for (auto const& row : report.largest_first(model))
        if (row.attributed && row[model].credits > 0)
            file.row(*row.key, amount_text(row[model].amount, decimals));
}

template <class Report>
void write_by_segment_and_channel(examples::csv_writer file, Report const& report,
                                  std::size_t model, int decimals) {
    file.row("sales_segment", "channel_name", "total_pipeline");
    for (auto const& row : report.largest_first(model)) {
        auto const& [segment, channel] = row.key;
        if (row.attributed && row[model].credits > 0)
            file.row(segment, *channel, amount_text(row[model].amount, decimals));
    }
}

template <class Ledger>
void write_touchpoints(examples::csv_writer file, Ledger const& credits) {
    file.row("opportunity_id", "account_id", "pipeline_amount", "opportunity_created_date",
             "sales_segment", "touchpoint_id", "touchpoint_type", "channel_name", "contact_id",
             "touchpoint_date");
    for (auto const& credit : credits) {
        if (!credit.attributed())
            continue;
        opportunity const& sale = credits.conversion(credit);
        touchpoint const& touch = credits.touchpoint(credit);
        file.row(sale.id, *sale.account, sale.amount_text, examples::time_text(sale.created),
                 sale.segment, touch.id, touch.type, touch.channel, *touch.contact,
                 examples::time_text(touch.time));
    }
}

template <class Ledger>
void write_unattributed(examples::csv_writer file, Ledger const& credits) {
    file.row("opportunity_id", "account_id", "pipeline_amount", "opportunity_created_date",
             "sales_segment", "reason");
    for (auto const& credit : credits) {
        if (credit.attributed())
            continue;
        opportunity const& sale = credits.conversion(credit);
        file.row(sale.id, sale.account.value_or(""), sale.amount_text,
                 examples::time_text(sale.created), sale.segment,
                 sale.account ? "no touchpoint in the window" : "no account");
    }
}

constexpr auto model_texts = std::to_array<std::string_view>(
    {"the first touchpoint in the window gets all of the opportunity.",
     "the last touchpoint before the opportunity gets all of it.",
     "all touchpoints in the window share the opportunity evenly.",
     "the first and the last touchpoint get 40 % each, those between share 20 %.",
     "a touchpoint weighs half as much for every week that it lies further back.",
     "a channel weighs by how many opportunities would be lost without it, in a Markov chain "
     "learned from all paths.",
     "a channel weighs by its average contribution to the sets of channels that it is part of "
     "(Shapley values), learned from all paths."});

/// What is known before anything is attributed.
examples::report_model described(std::size_t models, date::days lookback, amounts kind,
                                 records const& data) {
    examples::report_model report{
        .program = "pipeline",
        .title = "Sales pipeline by channel",
        .question = "Which channel sourced the sales pipeline? Every opportunity is shared out "
                    "among the marketing and sales touchpoints of its account.",
        .words = {.channel = "channel",
                  .channels = "channels",
                  .conversion = "opportunity",
                  .conversions = "opportunities",
                  .touchpoint = "touchpoint",
                  .touchpoints = "touchpoints",
                  .amount = "pipeline",
                  .group = "sales segment"},
        .unit_decimals = data.decimals};
    for (std::size_t model = 0; model < models; ++model)
        report.models.push_back({std::string{model_names[model]}, model_title(model),
                                 std::string{model_texts[model]},
                                 std::string{examples::palette[model]}});
    report.chosen = 2;  // linear, as in audit.csv
    report.policy = {
        fmt::format("A touchpoint may earn credit from an opportunity of its account in the {} "
                    "days before it was created, both ends included.",
                    lookback.count()),
        "Contacts lead from touchpoints to accounts; a missing or unknown one leads nowhere.",
        kind == amounts::exact
            ? data.decimals == most_decimals
                  ? std::string{"Amounts are exact decimals."}
                  : fmt::format("Amounts are decimals with {} places, all that fit where amounts "
                                "are so large.",
                                data.decimals)
            : "Amounts were stored in 32 bits, as in the published report."};
    report.options = {{"lookback-days", fmt::format("{}", lookback.count())},
                      {"amounts", kind == amounts::exact ? "exact" : "float32"}};
    add_reading(report, data.input);
    return report;
}

/// What every model gives every channel, in cents that add up; the largest of the first model
/// first.
template <class ByChannel>
examples::comparison compared(ByChannel const& by_channel, int decimals) {
    auto const cent = units_of_one(decimals - 2);
    examples::comparison table{.key_title = "channel"};
    auto const rows = by_channel.largest_first();
    for (auto const& row : rows)
        table.lines.push_back({row.key.value_or("unattributed"), row.attributed, {}});
    for (std::size_t model = 0; model < models_in<ByChannel>; ++model) {
        std::vector<examples::unit_line> column;
        for (auto const& row : rows)
            column.push_back({units(row[model].amount, decimals), row.attributed});
        auto const rounded = examples::column_cents(column, cent);
        table.totals.push_back(0);
        for (std::size_t i = 0; i < rounded.size(); ++i) {
            table.lines[i].cents.emplace_back(rounded[i]);
            table.totals.back() += rounded[i];
        }
    }
    return table;
}

/// The lines of a comparison by channel, or by segment and channel, that have credits.
template <class Report, class Key>
std::vector<examples::credited_line> credited_lines(Report const& compared, int decimals,
                                                    Key key_of) {
    std::vector<examples::credited_line> lines;
    for (std::size_t model = 0; model < models_in<Report>; ++model)
        for (auto const& row : compared.largest_first(model))
            if (row[model].credits > 0) {
                auto const [group, channel] = key_of(row.key);
                lines.push_back({model, group, channel.value_or("(unattributed)"), row.attributed,
                                 units(row[model].amount, decimals)});
            }
    return lines;
}

/// Opportunities and what came before them, from the credits of the linear model, which has them
/// all; the other models' amounts come later.
template <class Audit>
void add_paths(examples::report_model& report, records const& data, Audit const& audit) {
    using kind = examples::database_column::kind;
    auto const opportunity_columns =
        std::vector<examples::database_column>{{"opportunity_id"},
                                               {"account_id"},
                                               {"pipeline_amount", kind::amount},
                                               {"opportunity_created_date", kind::time},
                                               {"sales_segment"}};
    report.pairs = {"opportunity_touchpoints", opportunity_columns, {}};
    report.pairs.columns.insert(report.pairs.columns.end(), {{"touchpoint_id"},
                                                             {"touchpoint_type"},
                                                             {"channel_name"},
                                                             {"contact_id"},
                                                             {"touchpoint_date", kind::time}});
    report.unattributed = {"unattributed_opportunities", opportunity_columns, {}};
    report.unattributed.columns.push_back({"reason"});
    auto const& conversions = audit.credits().conversions();
    for (std::size_t row = 0; row < data.opportunities.size(); ++row) {
        auto const& sale = data.opportunities[row];
        auto& path = report.paths.emplace_back(
            examples::conversion_path{sale.id,
                                      sale.segment,
                                      sale.created,
                                      units(conversions.value(row), data.decimals),
                                      audit.conversion_reason(row),
                                      {}});
        std::vector<std::optional<std::string>> const about{sale.id, sale.account, sale.amount_text,
                                                            examples::time_text(sale.created),
                                                            sale.segment};
        auto const& found = audit.conversions()[row];
        for (auto i = found.first_credit; i < found.first_credit + found.credits; ++i) {
            auto const& credit = audit.credits()[i];
            auto cells = about;
            if (!credit.attributed()) {
                cells.emplace_back(path.reason);
                report.unattributed.rows.push_back(std::move(cells));
                continue;
            }
            auto const& touch = data.touchpoints[credit.touchpoint];
            cells.insert(cells.end(), {touch.id, touch.type, touch.channel, touch.contact,
                                       examples::time_text(touch.time)});
            report.pairs.rows.push_back(std::move(cells));
            path.steps.push_back({touch.type, touch.channel, touch.contact.value_or(""), touch.time,
                                  std::vector<std::optional<std::int64_t>>(report.models.size())});
        }
    }
}

/// Both name the touchpoints of a path in the order of time.
template <class Audit, class Ledger>
void add_credits(examples::report_model& report, Audit const& audit, Ledger const& credits,
                 std::size_t model) {
    auto const& all = audit.credits();
    for (auto const& credit : credits) {
        if (!credit.attributed())
            continue;
        auto const& found = audit.conversions()[credit.conversion];
        auto step = std::size_t{0};
        while (all[found.first_credit + step].touchpoint != credit.touchpoint)
            ++step;
        report.paths[credit.conversion].steps[step].units[model] =
            units(credit.amount, report.unit_decimals);
    }
}

/// What `fit` learns, or nothing where nothing can be learned: a report without opportunities is
/// still a report.
template <class Fit>
auto learned(Fit fit) -> std::optional<decltype(fit())> {
    try {
        return fit();
    } catch (att::fit_error const&) {
        return std::nullopt;
    }
}

/// `models` are in the order of `model_names`; `amount_of` is what counts of an exact amount: all
/// of it, or what 32 bits leave.
template <class Journeys, class Window, class AmountOf, class... Models>
written write_models(records const& data, date::days lookback, AmountOf amount_of,
                     examples::output_directory& out, Journeys const& journeys,
                     Window const& window, amounts kind, Models const&... models) {
    auto const compare_by = [&](auto... groups) {
        return att::attribute(journeys, att::models(models...), window, att::by(groups...));
    };

    auto const by_channel = compare_by(&touchpoint::channel);
    auto const by_segment = compare_by(&opportunity::segment);
    auto const by_both = compare_by(&opportunity::segment, &touchpoint::channel);
    auto const audit = att::explain(journeys, att::linear, window);  // all of a path, evenly
    auto const found = validate(data, journeys, window);

    auto file = result_files{out};
    for (std::size_t model = 0; model < sizeof...(models); ++model) {
        auto const name = std::string{model_names[model]};
        write_by_channel(file(name + "_by_channel.csv"), by_channel, model, data.decimals);
        write_by_segment_and_channel(file(name + "_by_segment_and_channel.csv"), by_both, model,
                                     data.decimals);
    }
    write_touchpoints(file("opportunity_touchpoints.csv"), audit.credits());
    write_unattributed(file("unattributed.csv"), audit.credits());
    write_audit(file("audit.csv"), data, audit);
    examples::write_findings_csv(out, file.add("validation.csv"), found);
    auto reconciliation = file("reconciliation.csv");
    reconciliation.row("model", "sales_segment", "opportunities", "value_in", "credited",
                       "unattributed", "difference");

    auto report = described(sizeof...(models), lookback, kind, data);
    report.compared = compared(by_channel, data.decimals);
    report.by_channel = credited_lines(by_channel, data.decimals, [](auto const& channel) {
        return std::pair{std::string{}, channel};
    });
    report.by_group = credited_lines(by_both, data.decimals, [](auto const& key) { return key; });
    report.found = found;
    report.reasons = {reasons_of("touchpoints, linear", audit.touchpoint_counts()),
                      reasons_of("opportunities", audit.conversion_counts())};
    add_paths(report, data, audit);
    std::size_t number = 0;
    auto const account_for = [&](auto const& credits) {
        write_reconciliation(reconciliation, model_names[number], credits, data.decimals);
        report.proof.push_back(proof_of(model_title(number), credits, data.decimals));
        add_credits(report, audit, credits, number);
        ++number;
    };
    (account_for(att::attribute(journeys, models, window)), ...);
    report.figures = figures_of(report);
    if (data.spend)
        write_returns(
            file("returns_by_channel.csv"), audit.credits(), *data.spend,
            [&](expense const& cost) { return amount_of(cost.amount); }, data.decimals);

    auto const summary = fmt::format(
        "Pipeline by the channel that sourced it: {} opportunities, {} days before each\n"
        "(in cents that add up)"
        "\n\n{}\n{}\n{}\n{}\n{}{}\n{}\n{}",
        examples::count_text(data.opportunities.size()), lookback.count(),
        examples::comparison_text(report.compared, report.models),
        sourced_most_text(by_channel, by_segment, data.decimals),
        unattributed_text(by_channel, found, data.decimals), touchpoints_text(audit, found),
        faults_text(found), nothing_text(data.input), reconciliation_text(report),
        examples::findings_table(examples::broken_rules(found)));
    return {summary, file.names, std::move(report)};
}

/// By the rules, and by what the paths themselves teach.
template <class AmountOf>
written write_report(records const& data, date::days lookback, AmountOf amount_of, amounts kind,
                     examples::output_directory& out) {
    auto const journeys =
        att::join(att::conversions(data.opportunities, &opportunity::account, &opportunity::created,
                                   [&](opportunity const& sale) { return amount_of(sale.amount); }),
                  att::touchpoints(data.touchpoints, &touchpoint::account, &touchpoint::time));
    auto const window =
        att::named(fmt::format("{} days", lookback.count()), att::lookback(lookback));
    auto const write = [&](auto const&... more) {
        return write_models(data, lookback, amount_of, out, journeys, window, kind,
                            att::first_touch, att::last_touch, att::linear, att::position_based(),
                            att::time_decay(half_life), more...);
    };
    auto const markov =
        learned([&] { return att::fit(journeys, att::markov(&touchpoint::channel), window); });
    auto const shapley =
        learned([&] { return att::fit(journeys, att::shapley(&touchpoint::channel), window); });
    return markov && shapley ? write(*markov, *shapley) : write();
}

}  // namespace

written write_report(records const& data, date::days lookback, amounts kind,
                     examples::output_directory& out) {
    if (kind == amounts::exact)
        return write_report(data, lookback, std::identity{}, kind, out);
    auto const as_stored = [&](exact_amount amount) { return as_float32(amount, data.decimals); };
    return write_report(data, lookback, as_stored, kind, out);
}

}  // namespace pipeline
