// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/figures.hpp>

#include <support/comparison_figure.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace goodpulse {

namespace {

using examples::exact_number;

constexpr int percent_digits = 4;  // as in the tables
constexpr int retention_digits = 2;

std::int64_t percent_units(std::int64_t part, std::int64_t whole) {
    if (whole == 0)
        return 0;
    // A quotient of two built-in integers takes no divisor below zero, as a sum with refunds may be.
    return examples::rounded_units(exact_number{part} / whole, percent_digits + 2);
}

std::string colour(std::size_t number) {
    return std::string{examples::palette[number]};
}

/// "At Risk | High Value | Regular" without what goes without saying, to fit beside a bar.
std::string short_name(std::string name) {
    constexpr std::string_view word = " Value |";
    if (auto const at = name.find(word); at != name.npos)
        name.replace(at, word.size(), " |");
    return name;
}

/// The share of customers beside the share of revenue.
examples::figure share_bars(std::string name, std::string title, std::vector<group> const& groups,
                            results const& found) {
    examples::bar_figure drawn{.name = std::move(name),
                               .title = std::move(title),
                               .section = customers_section,
                               .value = {"Share", "%", percent_digits},
                               .series = {{"Customers", colour(4)}, {"Revenue", colour(0)}},
                               .lying = groups.size() > 4};
    for (auto const& one : groups) {
        drawn.categories.push_back(short_name(one.names.front()));
        drawn.series[0].values.emplace_back(
            percent_units(one.customers, static_cast<std::int64_t>(found.all.buyers.size())));
        drawn.series[1].values.emplace_back(percent_units(one.cents, found.sums.cents));
    }
    return drawn;
}

/// Rows and columns of texts, with what is in them.
struct cell {
    std::string row, column;
    double shade;
    std::string text;
};
examples::figure heatmap(examples::heatmap_figure drawn, std::vector<cell> const& cells) {
    auto const place = [](std::vector<std::string>& names, std::string const& name) {
        auto const at = std::ranges::find(names, name);
        auto const number = at - names.begin();
        if (at == names.end())
            names.push_back(name);
        return static_cast<std::size_t>(number);
    };
    for (auto const& one : cells) {
        (void)place(drawn.rows, one.row);
        (void)place(drawn.columns, one.column);
    }
    drawn.shades.assign(drawn.rows.size(),
                        std::vector<std::optional<double>>(drawn.columns.size()));
    drawn.texts.assign(drawn.rows.size(), std::vector<std::string>(drawn.columns.size()));
    for (auto const& one : cells) {
        auto const row = place(drawn.rows, one.row);
        auto const column = place(drawn.columns, one.column);
        drawn.shades[row][column] = one.shade;
        drawn.texts[row][column] = one.text;
    }
    return drawn;
}

double share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : std::min(1.0, static_cast<double>(part) / static_cast<double>(whole));
}

examples::figure value_by_recency(results const& found) {
    std::vector<cell> cells;
    std::int64_t largest = 0;
    for (auto const& one : found.by_value_and_recency)
        largest = std::max(largest, one.cents);
    for (auto const* const value : {"High Value", "Mid Value", "Low Value"})
        for (auto const* const bucket : {"Recent", "Aging", "Dormant"})
            for (auto const& one : found.by_value_and_recency)
                if (one.names == std::vector<std::string>{value, bucket})
                    cells.push_back({value, bucket, share(one.cents, largest),
                                     examples::format_decimal(
                                         examples::rounded_units(exact_number{one.cents, 100}, 0),
                                         0, examples::decimal_style::grouped)});
    return heatmap({.name = "value_by_recency",
                    .title = "Revenue by value and recency of the customers",
                    .note = "In whole units of the data's currency.",
                    .section = customers_section,
                    .row_title = "Value",
                    .column_title = "Last purchase"},
                   cells);
}

/// Small cohorts must not make all others pale: what is above the highest pooled rate is as dark.
examples::figure cohort_heatmap(results const& found) {
    exact_number highest = 0;
    for (auto const& one : found.overall)
        if (one.index > 0)
            highest = std::max(highest, one.retention());
    std::map<std::string, std::size_t> sizes;
    for (auto const& one : found.by_quarter)
        if (one.index == 0)
            sizes[one.group] = one.size;
    std::vector<cell> cells;
    for (auto const& one : found.by_quarter)
        if (one.index > 0)
            cells.push_back(
                {fmt::format("{} ({})", one.group, sizes[one.group]), fmt::format("{}", one.index),
                 highest == 0
                     ? 0.0
                     : std::min(1.0, exact_number{one.retention() / highest}.convert_to<double>()),
                 examples::rounded_text(one.retention(), retention_digits,
                                        examples::decimal_style::plain)});
    return heatmap({.name = "cohorts",
                    .title = "Customers that bought again, in percent of their cohort",
                    .note = "Monthly cohorts pooled by the quarter of the first purchase, with how "
                            "many there are. Cells without a number were not observed.",
                    .section = cohorts_section,
                    .row_title = "First purchase",
                    .column_title = "Months later"},
                   cells);
}

examples::figure pooled_line(results const& found) {
    examples::line_figure drawn{
        .name = "retention",
        .title = "Customers that bought again, all cohorts pooled",
        .section = cohorts_section,
        .across = {"Months after the first purchase"},
        .value = {"Customers of the cohorts that are as old", "%", retention_digits},
        .series = {{"Retention", colour(0)}}};
    for (auto const& one : found.overall)
        if (one.index > 0) {
            drawn.at.push_back(one.index);
            drawn.series[0].values.emplace_back(
                examples::rounded_units(one.retention(), retention_digits));
        }
    return drawn;
}

examples::figure revenue_line(results const& found) {
    examples::line_figure drawn{.name = "revenue",
                                .title = "Revenue by month",
                                .note = "Months without a delivered order are gaps.",
                                .section = customers_section,
                                .across = {"Month of the purchase"},
                                .value = {"Revenue", "", 2},
                                .series = {{"Revenue", colour(0)}}};
    auto const& months = found.months.revenue;
    if (months.empty())
        return drawn;
    for (auto month = months.begin()->first; month <= months.rbegin()->first; month = month + 1) {
        auto const line = months.find(month);
        drawn.categories.push_back(month.text());
        drawn.series[0].values.push_back(line == months.end() ? std::nullopt
                                                              : std::optional{line->second.cents});
    }
    return drawn;
}

examples::figure score_line(results const& found) {
    examples::line_figure drawn{.name = "score_by_delivery_days",
                                .title = "Mean score by days until delivery",
                                .note = "Orders with both; few of them where delivery took long.",
                                .section = delivery_section,
                                .across = {"Days until delivery"},
                                .value = {"Mean score", "", 6},
                                .series = {{"Mean score", colour(5)}}};
    for (auto const& [days, scores] : found.sums.score_by_days) {
        drawn.at.push_back(days);
        drawn.series[0].values.emplace_back(examples::rounded_units(*scores.mean(), 6));
    }
    return drawn;
}

/// From leads to sellers that sold.
examples::figure funnel(records const& data, examples::report_model const& report) {
    std::set<text_key> sellers, selling, credited;
    for (auto const& one : *data.deals)
        sellers.insert(one.seller);
    for (auto const& one : *data.items)
        if (sellers.contains(one.seller))
            selling.insert(one.seller);
    for (auto const& path : report.paths)
        for (auto const& step : path.steps)
            credited.insert(step.who);
    std::set<text_key> leads, from_somewhere, won;
    for (auto const& one : *data.leads) {
        leads.insert(one.id);
        if (one.origin != "unknown")
            from_somewhere.insert(one.id);
    }
    for (auto const& one : *data.deals)
        won.insert(one.lead);
    auto const count = [](auto const& set) {
        return std::optional{static_cast<std::int64_t>(set.size())};
    };
    return examples::bar_figure{
        .name = "funnel",
        .title = "From lead to seller",
        .note = "Credited: at least one item of a delivered order, after the lead.",
        .across = {"Stage"},
        .value = {"Number"},
        .categories = {"Leads", "Origin known", "Won", "Sellers", "With an item", "Credited"},
        .series = {{"Number",
                    colour(2),
                    {count(leads), count(from_somewhere), count(won), count(sellers),
                     count(selling), count(credited)}}},
        .lying = true};
}

}  // namespace

std::vector<examples::figure> figures_of(results const& found, records const& data,
                                         examples::report_model const& report) {
    std::vector<examples::figure> figures{
        share_bars("by_frequency", "Customers and revenue by frequency", found.by_frequency, found),
        share_bars("by_value", "Customers and revenue by value", found.by_value, found),
        share_bars("by_lifecycle", "Customers and revenue by lifecycle", found.by_lifecycle, found),
        share_bars("by_segment", "Customers and revenue by segment", found.by_segment, found),
        value_by_recency(found),
        revenue_line(found),
        cohort_heatmap(found),
        pooled_line(found),
        score_line(found)};
    if (!report.models.empty()) {
        figures.push_back(examples::comparison_figure(report, "channels_by_model",
                                                      "Item revenue by the origin of the seller"));
        figures.push_back(funnel(data, report));
    }
    return figures;
}

std::vector<examples::key_figure> key_figures_of(results const& found) {
    auto const& sums = found.sums;
    auto const customers = static_cast<std::int64_t>(found.all.buyers.size());
    if (customers == 0)
        return {};
    auto const rounded = [](std::optional<exact_number> const& number) {
        return examples::rounded_text(number.value_or(0), 2, examples::decimal_style::plain);
    };
    std::vector<examples::key_figure> figures{
        {"Customers", examples::count_text(found.all.buyers.size()), "with a delivered order",
         customers_section},
        {"Orders", examples::count_text(found.all.purchases.size()), "delivered",
         customers_section},
        {"Revenue", examples::cents_text(sums.cents), "payments of these orders",
         customers_section},
        {"Average order", rounded(exact_number{sums.cents, 100 * sums.orders}), "revenue by orders",
         customers_section},
        {"Came back", rounded(exact_number{100 * sums.repeat, customers}) + " %",
         examples::counted_text(static_cast<std::size_t>(sums.repeat), "customer", "customers") +
             " with two orders or more",
         cohorts_section}};
    if (sums.score.count() > 0)
        figures.push_back(
            {"Mean score", rounded(sums.score.mean()), "of 5, by order", delivery_section});
    if (sums.median_days)
        figures.push_back({"Delivery", examples::rounded_text(*sums.median_days, 1) + " days",
                           "median of the orders that arrived", delivery_section});
    return figures;
}

}  // namespace goodpulse
