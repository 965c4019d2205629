// SPDX-License-Identifier: BSL-1.0
#include <customer_success/report.hpp>

#include <customer_success/figures.hpp>
#include <customer_success/key_figures.hpp>
#include <customer_success/performance.hpp>
#include <customer_success/quality.hpp>
#include <customer_success/tables.hpp>
#include <customer_success/workload_model.hpp>
#include <customer_success/workload_plan.hpp>

#include <support/findings_output.hpp>
#include <support/input_findings.hpp>
#include <support/local_calendar.hpp>
#include <support/report_tables.hpp>
#include <support/report_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace customer_success {

namespace {

/// Emails and activities in one, by (kind, id), repeated ones in the order of their files.
std::vector<work> all_works(records const& data) {
    auto works = data.emails;
    works.insert(works.end(), data.activities.begin(), data.activities.end());
    std::ranges::stable_sort(works, {}, [](work const& one) { return std::tie(one.kind, one.id); });
    return works;
}

/// Once for each kind and id.
std::vector<work> distinct_works(records const& data) {
    auto works = first_of_each_id(data.emails);
    auto const activities = first_of_each_id(data.activities);
    works.insert(works.end(), activities.begin(), activities.end());
    return works;
}

std::vector<known_case>
known_cases(std::vector<deal> const& deals,
            std::map<std::string, std::vector<std::int64_t>> const& counts) {
    std::vector<known_case> known;
    for (auto const& one : deals)
        if (one.teaches() && one.id)  // without an id, nobody knows how much work it was
            known.push_back({.id = *one.id,
                             .facts = one.facts,
                             .start = one.start,
                             .end = *one.end,
                             .count = static_cast<double>(counts.at(*one.id).front())});
    return known;
}

/// Emails and activities together, by deal.
std::map<std::string, std::vector<std::int64_t>> interactions(std::vector<deal> const& deals,
                                                              std::vector<work> const& works) {
    std::map<std::string, std::vector<std::int64_t>> counts;
    for (auto const& one : deals)
        if (one.id)
            counts.emplace(*one.id, std::vector<std::int64_t>{0});
    deals_by_id const known{deals};
    for (auto const& one : works)
        if (auto const* const its = known.of(one))
            ++counts.at(*its->id).front();
    return counts;
}

std::map<std::string, std::vector<std::int64_t>> monthly_counts(monthly_performance const& months) {
    std::map<std::string, std::vector<std::int64_t>> counts;
    for (auto const& [key, own] : months)
        counts.emplace(key.first + ' ' + examples::month_text(key.second),
                       std::vector{own.emails, own.activities, own.concluded});
    return counts;
}

/// What is known before anything is computed.
examples::report_model described(settings const& asked, examples::reading const& how,
                                 examples::report_text const& text) {
    auto const fee = asked.value == deal_value::fee;
    auto report = text.report("customer_success");
    report.sections = {section::portfolio,   section::clients,    section::distribution,
                       section::performance, section::prediction, ""};
    report.policy.push_back(text.one("value", fee ? "fee" : "one"));
    report.options = {{"time-zone", asked.zone->name()},
                      {"deal-value", fee ? "fee" : "one"},
                      {"forest", asked.with_forest ? "yes" : "no"}};
    examples::add_reading(report, how);
    return report;
}

void append(std::vector<examples::report_table>& all, std::vector<examples::report_table> more) {
    std::ranges::move(more, std::back_inserter(all));
}

std::string summary_of(examples::report_model const& report, examples::reading const& how) {
    auto const table = [&](std::string_view name) {
        return examples::table_text(
            *std::ranges::find(report.tables, name, &examples::report_table::name));
    };
    return fmt::format(
        "{}\n{}\n{}\n{}\n{}\nConcluded deals by specialist and model\n\n{}\n{}{}\n{}",
        examples::key_figures_text(report.key_figures), table("portfolio_after"),
        table("assignment_reasons"), table("cross_validation_mean"), table("cs_ranking"),
        examples::comparison_text(report.compared, report.models), examples::nothing_text(how),
        reconciliation_text(report, "visa type"), examples::broken_rules_text(report.found));
}

}  // namespace

examples::written_report write_report(records const& data, settings const& asked,
                                      examples::output_directory& out) {
    auto const deals = first_of_each_id(data.deals);
    auto const works = distinct_works(data);
    auto const counts = interactions(deals, works);
    auto const study = study_workload(known_cases(deals, counts), asked.with_forest);
    auto const plan = plan_workload(deals, first_of_each_id(data.specialists),
                                    first_of_each_id(data.clients), study);
    auto const loads = month_ends(plan);
    auto const done = performance_of(deals, works, *asked.zone);
    auto const months = by_month(done);

    examples::report_text const text{
        examples::report_prose, {{"amount", asked.value == deal_value::fee ? "fees" : "value"}}};
    auto report = described(asked, data.input, text);
    auto files =
        credit_deals(deals, all_works(data), asked.value, asked.intervals, text, report, out);
    report.key_figures = key_figures_of(deals, study, plan, months);
    append(report.tables, portfolio_tables(plan, loads));
    append(report.tables, client_tables(deals, works));
    append(report.tables, distribution_tables(plan));
    append(report.tables, performance_tables(done, months, last_full_month(months)));
    append(report.tables, prediction_tables(study));
    report.found = validate(data);
    auto const compare = [&](std::string const& other, std::vector<reported> const& lines,
                             std::map<std::string, std::vector<std::int64_t>> const& counted) {
        report.found.add(agrees("agrees with " + other, lines, counted));
        report.found.merge(has_each_once(other, lines, counted));
    };
    if (data.interactions)
        compare("interactions", *data.interactions, counts);
    if (data.crm_report)
        compare("crm_report", *data.crm_report, monthly_counts(months));
    report.figures = figures_of({deals, study, plan, loads, months}, report);
    examples::write_findings_csv(out, files.emplace_back("validation.csv"), report.found);
    auto const summary = summary_of(report, data.input);
    return {summary, std::move(files), std::move(report)};
}

}  // namespace customer_success
