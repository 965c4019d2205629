// SPDX-License-Identifier: BSL-1.0
#include <customer_success/credit.hpp>

#include <customer_success/credit_policy.hpp>

#include <support/attribution_report.hpp>
#include <support/figures.hpp>
#include <support/intervals.hpp>
#include <support/money_text.hpp>
#include <support/path_book.hpp>
#include <support/table_rows.hpp>

#include <attribution/amount/round_together.hpp>
#include <attribution/attribute.hpp>
#include <attribution/join.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/learn/until.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/over.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/model/usage_weighted.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/reconcile.hpp>
#include <attribution/report/with_intervals.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <utility>

namespace att = attribution;

namespace customer_success {

namespace {

using examples::report_model;

/// By rules, and by what concluded and failed deals teach, where they do.
template <class Journeys, class Policy, class Failures>
auto models_of(Journeys const& journeys, Policy const& rules, Failures const& failures,
               examples::report_text const& text) {
    examples::told_models<Journeys> models{text};
    models.add("first_touch", att::first_touch);
    models.add("last_touch", att::last_touch);
    models.add("linear", att::linear);
    models.add("position_based", att::position_based());
    models.add("time_decay", att::time_decay(half_life));
    models.add("usage_weighted", att::usage_weighted(usage_of));
    models.add("specialists_once", att::over(att::first_of_each(&work::specialist), att::linear));
    models.learn("markov", [&] {
        return att::fit(journeys, att::markov(&work::specialist), rules, failures);
    });
    models.learn("shapley", [&] {
        return att::fit(journeys, att::shapley(&work::specialist), rules, failures);
    });
    return std::move(models).all();
}
constexpr std::size_t linear_model = 3;  // after the owner

std::string rounded_text(std::int64_t units, int from, int to) {
    examples::wide_integer unit = 1;
    for (auto digits = from; digits > to; --digits)
        unit *= 10;
    auto const half = units < 0 ? -unit / 2 : unit / 2;
    return examples::format_decimal((examples::wide_integer{units} + half) / unit, to);
}

/// As many decimals as fit: all deals together take a sixteenth of 64 bits.
int decimals_for(std::vector<deal> const& concluded, deal_value value) {
    examples::wide_integer sum = 0;
    for (auto const& one : concluded)
        sum += value == deal_value::one ? 100 : std::max<std::int64_t>(one.fee, 1);
    int decimals = 2;
    for (; decimals < 14 && sum * 10 <= std::numeric_limits<std::int64_t>::max() / 16; ++decimals)
        sum *= 10;
    return decimals;
}

/// Who was credited; what nobody was credited with comes last.
struct recipient {
    bool nobody = false;
    std::string name = {};  // may be empty, too

    auto operator<=>(recipient const&) const = default;
};

/// Units by model.
using credit_sums = std::map<recipient, std::vector<std::optional<std::int64_t>>>;

std::string units_text(report_model const& report, std::int64_t units) {
    return examples::format_decimal(units, report.unit_decimals, examples::decimal_style::shortest);
}

std::string name_of_recipient(work const& one) {
    return one.specialist;
}
std::string name_of_recipient(deal const& owned) {
    return owned.owner;
}

template <class Ledger>
void add_sums(credit_sums& sums, Ledger const& credits, std::size_t models, std::size_t model) {
    for (auto const& credit : credits) {
        auto& row = sums[credit.attributed()
                             ? recipient{false, name_of_recipient(credits.touchpoint(credit))}
                             : recipient{.nobody = true}];
        row.resize(models);
        row[model] = row[model].value_or(0) + credit.amount;
    }
}

examples::path_book::step step_of(work const& one) {
    return {examples::path_step{one.type, one.specialist, {}, one.at, {}},
            examples::cells(one.type, one.id, one.specialist, examples::time_text(one.at))};
}
examples::path_book::step step_of(deal const& owned) {
    return {examples::path_step{"owner", owned.owner, {}, owned.close(), {}},
            examples::cells("owner", owned.id, owned.owner, examples::time_text(owned.close())),
            true};
}

examples::table_row about(report_model const& report, deal const& one, std::int64_t units) {
    return examples::cells(one.id, one.facts.visa, one.owner, examples::time_text(one.close()),
                           examples::format_decimal(units, report.unit_decimals));
}

/// The tables of pairs and of what is unattributed.
void name_columns(report_model& report) {
    using kind = examples::database_column::kind;
    std::vector<examples::database_column> const deals{{"deal_id"},
                                                       {"visa_type"},
                                                       {"cs_owner"},
                                                       {"end_date", kind::time},
                                                       {"value", kind::amount}};
    report.pairs = {"deal_touchpoints", deals, {}};
    report.pairs.columns.insert(report.pairs.columns.end(), {{"touchpoint_type"},
                                                             {"touchpoint_id"},
                                                             {"specialist_name"},
                                                             {"touchpoint_date", kind::time}});
    report.unattributed = {"unattributed_deals", deals, {}};
    report.unattributed.columns.insert(report.unattributed.columns.end(), {{"model"}, {"reason"}});
}

/// Proves a model's credits, in all and by visa type.
///
/// Errors: attribution::reconciliation_error if something was lost, invented or counted twice.
template <class Ledger>
void prove(report_model& report, examples::csv_writer& file, Ledger const& credits,
           std::size_t model) {
    auto const text = [&](std::int64_t units) { return units_text(report, units); };
    auto const proof =
        att::reconcile(credits, att::by([](deal const& one) { return one.facts.visa; }));
    proof.check();
    for (auto const& row : proof)
        file.cells(examples::proof_cells(
            {report.models[model].name, row.key, std::to_string(row.conversions)}, row, text));
    report.proof.push_back(examples::proof_of(report.models[model].title, credits, text));
}

/// The report's comparison and lines, from what the book added up; nobody's is last.
void compare(report_model& report, credit_sums const& sums) {
    report.compared.key_title = report.words.channel;
    std::vector<std::vector<std::int64_t>> cents;
    auto const unit = examples::units_of_one(report.unit_decimals - 2);
    for (std::size_t model = 0; model < report.models.size(); ++model) {
        std::vector<std::int64_t> column;
        for (auto const& [who, row] : sums) {
            column.push_back(row[model].value_or(0));
            if (row[model])
                report.by_channel.push_back({model, "", who.nobody ? "(unattributed)" : who.name,
                                             !who.nobody, *row[model]});
        }
        cents.push_back(att::round_together(std::span<std::int64_t const>{column}, unit));
        report.compared.totals.push_back(0);
        for (auto& one : cents.back())
            report.compared.totals.back() += one /= unit;
    }
    std::size_t row = 0;
    for (auto const& [who, units] : sums) {
        auto& line = report.compared.lines.emplace_back(
            examples::comparison::line{who.nobody ? "unattributed" : who.name, !who.nobody, {}});
        for (std::size_t model = 0; model < report.models.size(); ++model)
            line.cents.push_back(units[model] ? std::optional{cents[model][row]} : std::nullopt);
        ++row;
    }
    std::ranges::stable_sort(report.compared.lines, [&](auto const& a, auto const& b) {
        return std::pair{a.attributed, a.cents[report.chosen]} >
               std::pair{b.attributed, b.cents[report.chosen]};
    });
}

void write_by_specialist(examples::output_directory& out, report_model const& report,
                         credit_sums const& sums) {
    auto& file = out.file("credit_by_cs.csv");
    std::string line = "cs_name";
    for (auto const& model : report.models)
        line += ',' + model.name;
    file.write(line + '\n');
    for (auto const& [who, row] : sums) {
        line = examples::csv_field_text(who.nobody ? "(unattributed)" : who.name);
        for (auto const& units : row)
            line += ',' + rounded_text(units.value_or(0), report.unit_decimals, 9);
        file.write(line + '\n');
    }
}

template <class Audit>
void write_audit(examples::csv_writer file, std::vector<work> const& works, Audit const& audit,
                 int decimals) {
    file.row("touchpoint_type", "touchpoint_id", "deal_id", "cs_name", "touchpoint_date", "outcome",
             "reason", "linear_credit");
    for (std::size_t row = 0; row < works.size(); ++row) {
        auto const& one = works[row];
        auto const& found = audit.touchpoints()[row];
        file.row(
            one.type, one.id.value_or(""), one.deal.value_or(""), one.specialist,
            examples::time_text(one.at), to_string(found.what), audit.touchpoint_reason(row),
            examples::format_decimal(found.amount, decimals, examples::decimal_style::shortest));
    }
}

}  // namespace

std::vector<std::string> credit_deals(std::vector<deal> const& deals,
                                      std::vector<work> const& works, deal_value value,
                                      bool intervals, examples::report_text const& text,
                                      report_model& report, examples::output_directory& out) {
    std::vector<deal> concluded;
    for (auto const& one : deals)
        if (one.teaches())
            concluded.push_back(one);
    std::ranges::stable_sort(concluded, {}, &deal::id);
    report.unit_decimals = decimals_for(concluded, value);
    auto const units_of = [&](deal const& one) {
        auto units = value == deal_value::one ? std::int64_t{100} : one.fee;
        for (auto digits = report.unit_decimals; digits > 2; --digits)
            units *= 10;
        return units;
    };

    auto const sales = att::conversions(concluded, &deal::id, &deal::close, units_of);
    auto const touches = att::touchpoints(works, &work::deal, &work::at);
    auto const journeys = att::join(sales, touches);
    // A deal meets its own owner, whether it has an id or not.
    auto const itself = [&](deal const& one) { return &one - concluded.data(); };
    auto const owners = att::join(att::conversions(concluded, itself, &deal::close, units_of),
                                  att::touchpoints(concluded, itself, &deal::close));
    auto const rules = in_its_deal(touches);
    auto const failures = att::until(latest(works), in_failed_deal(deals, touches));
    auto const models = models_of(journeys, rules, failures, text);
    report.models = {text.model("owner")};
    for (auto const& one : models)
        report.models.push_back(one.shown);
    report.chosen = linear_model;
    name_columns(report);
    examples::csv_writer reconciliation{out, "reconciliation.csv"};
    reconciliation.row("model", "visa_type", "deals", "value_in", "credited", "unattributed",
                       "difference");
    credit_sums sums;
    std::vector<examples::interval_line> lines;
    examples::path_book paths{report, concluded.size()};
    std::size_t model = 0;
    auto const add = [&](auto const& credits, std::size_t source) {
        auto const nobody = [&](deal const& one) {
            auto row = about(report, one, units_of(one));
            row.insert(row.end(), {report.models[model].name, "no work on the days of the deal"});
            return row;
        };
        paths.add(
            credits, model, source, [](auto const& touch) { return step_of(touch); }, nobody);
        add_sums(sums, credits, report.models.size(), model);
        if (intervals)
            examples::add_interval_lines(
                lines, model, credits | att::with_intervals(att::by([](auto const& touch) {
                                  return name_of_recipient(touch);
                              })),
                report.unit_decimals);
        prove(report, reconciliation, credits, model++);
    };
    add(att::attribute(owners, att::last_touch), 1);
    for (auto const& credits : credits_of(journeys, models, rules))
        add(credits, 0);
    paths.finish(
        [&](std::size_t row) {
            auto const& one = concluded[row];
            return examples::conversion_path{one.id.value_or(""), one.facts.visa, one.close(),
                                             units_of(one),       "credited",     {}};
        },
        [&](std::size_t row) { return about(report, concluded[row], units_of(concluded[row])); });
    for (auto& path : report.paths)
        if (path.steps.size() < 2)
            path.reason = "no work on its days; its owner is known";
    compare(report, sums);
    if (intervals)
        examples::add_intervals(report, lines);

    auto const audit = att::explain(journeys, att::linear, rules);
    report.reasons = {
        examples::reasons_of("emails and activities, linear", audit.touchpoint_counts()),
        examples::reasons_of("concluded deals", audit.conversion_counts())};
    write_by_specialist(out, report, sums);
    write_audit({out, "audit.csv"}, works, audit, report.unit_decimals);
    return {"credit_by_cs.csv", "audit.csv", "reconciliation.csv"};
}

}  // namespace customer_success
