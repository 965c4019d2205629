// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/tables.hpp>

#include <support/table_rows.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <tuple>
#include <utility>

namespace goodpulse {

namespace {

using examples::cells;
using examples::exact_number;
using examples::report_table;
using kind = examples::column_kind;

/// The largest group first.
std::vector<group> groups_by(shop const& all, auto const& names_of) {
    std::map<std::vector<std::string>, group> found;
    for (auto const& who : all.buyers) {
        auto& one = found[names_of(who)];
        ++one.customers;
        one.cents += who.cents;
    }
    std::vector<group> groups;
    for (auto& [names, one] : found)
        groups.push_back({names, one.customers, one.cents});
    std::ranges::stable_sort(groups, std::greater{}, &group::customers);
    return groups;
}

totals totals_of(shop const& all) {
    totals sums;
    std::vector<std::int64_t> arrived;  // after so many days
    for (auto const& one : all.purchases) {
        ++sums.orders;
        sums.cents += one.cents;
        sums.paid_cents += one.paid;
        sums.joined_cents += one.joined;
        sums.unpaid += one.payments == 0 ? 1 : 0;
        sums.several_reviews += one.reviews > 1 ? 1 : 0;
        if (one.delivery_days)
            arrived.push_back(*one.delivery_days);
        if (one.score)
            sums.score.add(*one.score);
        if (one.score && one.delivery_days) {
            sums.delivered_score.add(*one.score);
            sums.days_and_score.add(*one.delivery_days, *one.score);
            sums.score_by_days[*one.delivery_days].add(*one.score);
        }
    }
    std::ranges::sort(arrived);
    if (auto const n = arrived.size(); n > 0)
        sums.median_days = exact_number{arrived[(n - 1) / 2] + arrived[n / 2], 2};
    // The published mean score: customers by their mean delivery days, and each such number once,
    // however many customers it has.
    std::map<exact_number, examples::exact_mean> by_mean_days;
    for (auto const& who : all.buyers) {
        sums.repeat += who.purchases.size() > 1 ? 1 : 0;
        if (who.paid_all)
            sums.customer_value.add(who.cents,
                                    100 * static_cast<std::int64_t>(who.purchases.size()));
        auto const days = who.delivery_days.mean();
        auto const score = who.score.mean();
        if (days && score)
            by_mean_days[*days].add(*score);
    }
    for (auto const& [days, scores] : by_mean_days)
        sums.distinct_days_score.add(*scores.mean());
    return sums;
}

periods periods_of(records const& data, shop const& all, examples::period_length length) {
    periods found{.cohorts = {activity(data, all, length), {all.analysis_date, length}}};
    for (auto const& one : all.purchases) {
        auto& line = found.revenue[{data.orders[one.row].bought, length}];
        ++line.orders;
        line.cents += one.cents;
    }
    return found;
}

std::optional<std::string> decimals_of(std::optional<exact_number> const& number, int digits) {
    return number ? std::optional{examples::rounded_text(*number, digits)} : std::nullopt;
}

report_table group_table(std::string name, std::string title, std::vector<std::string> const& keys,
                         results const& found, std::vector<group> const& groups) {
    report_table table{
        .name = std::move(name), .title = std::move(title), .section = customers_section};
    for (auto const& key : keys)
        table.columns.push_back({key});
    table.columns.insert(table.columns.end(),
                         {{"customers", kind::integer},
                          {"revenue", kind::amount},
                          {"per_customer", kind::decimal, "per customer"},
                          {"revenue_percent", kind::decimal, "revenue, %"},
                          {"customers_percent", kind::decimal, "customers, %"}});
    for (auto const& one : groups) {
        examples::table_row row(one.names.begin(), one.names.end());
        auto const numbers =
            cells(one.customers, money(one.cents),
                  examples::rounded_text(exact_number{one.cents, 100 * one.customers}, 4),
                  percent(one.cents, found.sums.cents),
                  percent(one.customers, static_cast<std::int64_t>(found.all.buyers.size())));
        row.insert(row.end(), numbers.begin(), numbers.end());
        table.rows.push_back(std::move(row));
    }
    return table;
}

report_table customer_table(shop const& all) {
    report_table table{.name = "customers",
                       .title = "Customers",
                       .section = customers_section,
                       .columns = {{"customer_unique_id"},
                                   {"orders", kind::integer},
                                   {"revenue", kind::amount},
                                   {"first"},
                                   {"last"},
                                   {"recency_days", kind::integer},
                                   {"delivery_days", kind::decimal},
                                   {"score", kind::decimal},
                                   {"lifecycle"},
                                   {"bucket"},
                                   {"frequency"},
                                   {"value"}},
                       .on_page = false};
    auto const time = [](examples::instant at) {
        return date::format("%F %T", date::floor<std::chrono::seconds>(at));
    };
    auto const mean = [](examples::exact_mean const& numbers) {
        auto const found = numbers.mean();
        return found ? std::optional{examples::double_text(*found)} : std::nullopt;
    };
    for (auto const& who : all.buyers)
        table.rows.push_back(cells(who.person, who.purchases.size(), money(who.cents),
                                   time(who.first), time(who.last), who.recency,
                                   mean(who.delivery_days), mean(who.score), who.lifecycle,
                                   who.bucket, who.frequency, who.value));
    return table;
}

report_table revenue_table(std::string const& length, periods const& found) {
    report_table table{.name = "revenue_by_" + length,
                       .title = "Revenue by " + length,
                       .section = customers_section,
                       .columns = {{length}, {"orders", kind::integer}, {"revenue", kind::amount}}};
    for (auto const& [period, line] : found.revenue)
        table.rows.push_back(cells(period.text(), line.orders, money(line.cents)));
    return table;
}

report_table cohort_cells(std::string const& length, periods const& found) {
    report_table table{.name = "cohorts_by_" + length,
                       .title = "Cohorts by " + length + " of the first purchase",
                       .note = "How many of a cohort bought again so many periods later. Periods "
                               "that are not over yet for a cohort have no line.",
                       .section = cohorts_section,
                       .columns = {{"cohort"},
                                   {"index", kind::integer},
                                   {"cohort_size", kind::integer},
                                   {"customers", kind::integer},
                                   {"retention_percent", kind::decimal}},
                       .on_page = false};
    for (auto const& cell : found.cohorts.cells())
        table.rows.push_back(cells(cell.cohort.text(), cell.index, cell.size, cell.active,
                                   decimals_of(cell.retention(), 4)));
    return table;
}

report_table pooled_table(results const& found) {
    report_table table{.name = "retention_pooled",
                       .title = "Retention by month, cohorts of a quarter pooled",
                       .note = "All that bought again, of all that could have.",
                       .section = cohorts_section,
                       .columns = {{"quarter"},
                                   {"month_index", kind::integer},
                                   {"cohorts_observed", kind::integer},
                                   {"cohorts", kind::integer},
                                   {"customers_at_risk", kind::integer},
                                   {"returned", kind::integer},
                                   {"retention_percent", kind::decimal}},
                       .on_page = false};
    for (auto const& one : found.by_quarter)
        table.rows.push_back(cells(one.group, one.index, one.observed, one.cohorts, one.size,
                                   one.active, decimals_of(one.retention(), 4)));
    return table;
}

report_table heatmap_as_published(results const& found) {
    report_table table{.name = "heatmap_as_published",
                       .title = "Retention as published",
                       .note =
                           "The plain mean of a quarter's monthly rates, months in which nobody "
                           "came back left out: small cohorts weigh as much as large ones.",
                       .section = cohorts_section,
                       .columns = {{"quarter"},
                                   {"cohort_index", kind::integer},
                                   {"retention_percent", kind::decimal}},
                       .on_page = false};
    for (auto const& one : found.by_quarter)
        if (auto const mean = one.rates.mean())
            table.rows.push_back(cells(one.group, one.index, decimals_of(mean, 4)));
    return table;
}

report_table score_table(totals const& sums) {
    report_table table{.name = "score_by_delivery_days",
                       .title = "Score by delivery days",
                       .section = delivery_section,
                       .columns = {{"days", kind::integer},
                                   {"orders", kind::integer},
                                   {"mean_score", kind::decimal}}};
    for (auto const& [days, scores] : sums.score_by_days)
        table.rows.push_back(cells(days, scores.count(), decimals_of(scores.mean(), 6)));
    return table;
}

report_table figure_table(std::string name, std::string title, std::string section,
                          std::vector<examples::table_row> rows) {
    return {.name = std::move(name),
            .title = std::move(title),
            .section = std::move(section),
            .columns = {{"figure"}, {"value"}},
            .rows = std::move(rows),
            .on_page = false};
}

report_table figures_table(results const& found) {
    auto const& [all, sums] = std::tie(found.all, found.sums);
    std::vector<examples::table_row> rows;
    if (!all.buyers.empty()) {
        auto const customers = static_cast<std::int64_t>(all.buyers.size());
        rows = {cells("customers", customers),
                cells("orders", sums.orders),
                cells("revenue", money(sums.cents)),
                cells("orders_without_payment", sums.unpaid),
                cells("average_order_value",
                      decimals_of(exact_number{sums.cents, 100 * sums.orders}, 6)),
                cells("mean_customer_order_value", decimals_of(sums.customer_value.mean(), 6)),
                cells("repeat_customers", sums.repeat),
                cells("repeat_rate_percent", percent(sums.repeat, customers)),
                cells("analysis_date", date::format("%F", all.analysis_date)),
                cells("lifecycle_days", fmt::format("{}", fmt::join(all.lifecycle_days, ","))),
                cells("value_cents", fmt::format("{}", fmt::join(all.value_cents, ","))),
                cells("orders_with_several_reviews", sums.several_reviews),
                cells("revenue_if_joined_to_reviews", money(sums.joined_cents)),
                cells("mean_review_score_per_order", decimals_of(sums.score.mean(), 6)),
                cells("median_delivery_days", decimals_of(sums.median_days, 1))};
    }
    return figure_table("figures", "Figures", customers_section, std::move(rows));
}

report_table delivery_table(totals const& sums) {
    std::vector<examples::table_row> rows;
    auto const correlation = sums.days_and_score.rounded(6);
    if (sums.delivered_score.count() > 0)
        rows = {cells("orders", fmt::format("{}.0", sums.delivered_score.count())),
                cells("mean_score", decimals_of(sums.delivered_score.mean(), 6)),
                cells("pearson", correlation
                                     ? std::optional{examples::format_decimal(
                                           *correlation, 6, examples::decimal_style::shortest)}
                                     : std::nullopt),
                cells("mean_over_distinct_customer_delivery_days",
                      decimals_of(sums.distinct_days_score.mean(), 6))};
    return figure_table("delivery_and_score", "Delivery and score", delivery_section,
                        std::move(rows));
}

}  // namespace

std::optional<std::string> percent(std::int64_t part, std::int64_t whole) {
    if (whole == 0)
        return std::nullopt;
    return examples::rounded_text(exact_number{100 * examples::exact_integer{part}, whole}, 4);
}

results analyse(records const& data, shop all) {
    using enum examples::period_length;
    auto const names = [&](auto... which) {
        return groups_by(all, [=](buyer const& who) {
            return std::vector<std::string>{std::invoke(which, who)...};
        });
    };
    auto months = periods_of(data, all, month);
    auto by_quarter = pooled(months.cohorts, [](auto cohort) { return cohort.quarter().text(); });
    auto overall = pooled(months.cohorts, [](auto) { return std::string{"all"}; });
    results found{.sums = totals_of(all),
                  .by_frequency = names(&buyer::frequency),
                  .by_value = names(&buyer::value),
                  .by_lifecycle = names(&buyer::lifecycle),
                  .by_segment = names(&buyer::segment),
                  .by_value_and_recency = names(&buyer::value, &buyer::bucket),
                  .months = std::move(months),
                  .quarters = periods_of(data, all, quarter),
                  .by_quarter = std::move(by_quarter),
                  .overall = std::move(overall)};
    found.all = std::move(all);
    return found;
}

std::vector<report_table> tables_of(results const& found) {
    return {figures_table(found),
            group_table("by_frequency", "By frequency", {"frequency"}, found, found.by_frequency),
            group_table("by_value", "By value", {"value"}, found, found.by_value),
            group_table("by_lifecycle", "By lifecycle", {"lifecycle"}, found, found.by_lifecycle),
            group_table("by_segment", "By segment", {"segment"}, found, found.by_segment),
            group_table("by_value_and_recency", "By value and recency", {"value", "bucket"}, found,
                        found.by_value_and_recency),
            revenue_table("month", found.months),
            revenue_table("quarter", found.quarters),
            customer_table(found.all),
            cohort_cells("month", found.months),
            cohort_cells("quarter", found.quarters),
            pooled_table(found),
            heatmap_as_published(found),
            score_table(found.sums),
            delivery_table(found.sums)};
}

}  // namespace goodpulse
