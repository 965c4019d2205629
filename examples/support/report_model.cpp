// SPDX-License-Identifier: BSL-1.0
#include <support/report_model.hpp>

#include <support/text_table.hpp>

#include <attribution/amount/round_together.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <ranges>
#include <span>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace examples {

namespace {

std::int64_t units_of_a_cent(report_model const& report) {
    std::int64_t unit = 1;
    for (auto digits = report.unit_decimals; digits > 2; --digits)
        unit *= 10;
    return unit;
}

std::int64_t floor_quotient(std::int64_t value, std::int64_t divisor) {
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

std::vector<std::int64_t> in_cents(std::vector<std::int64_t> const& units, std::int64_t cent) {
    auto cents = attribution::round_together(std::span<std::int64_t const>{units}, cent);
    for (auto& one : cents)
        one /= cent;
    return cents;
}

/// Hundredths of the units that are there; they add up to the rounded sum.
std::vector<std::optional<std::int64_t>>
rounded(report_model const& report, std::vector<std::optional<std::int64_t>> const& column,
        std::vector<bool> const& attributed = {}) {
    std::vector<unit_line> lines;
    for (std::size_t i = 0; i < column.size(); ++i)
        if (column[i])
            lines.push_back({*column[i], attributed.empty() || attributed[i]});
    auto const cents = column_cents(lines, units_of_a_cent(report));
    auto result = column;
    auto next = cents.begin();
    for (auto& one : result)
        if (one)
            one = *next++;
    return result;
}

/// Paths of which the model gives no step anything.
std::size_t unattributed_paths(report_model const& report, std::size_t model) {
    auto const none = [&](conversion_path const& path) {
        return std::ranges::none_of(
            path.steps, [&](path_step const& step) { return step.units[model].has_value(); });
    };
    return static_cast<std::size_t>(std::ranges::count_if(report.paths, none));
}

}  // namespace

std::string comparison_text(comparison const& table, std::vector<model_description> const& models) {
    std::vector<std::string> header{table.key_title};
    for (auto const& model : models)
        header.push_back(model.title);
    text_table result{header};
    for (auto const& line : table.lines) {
        std::vector<std::string> cells{line.name};
        for (auto const& cell : line.cents)
            cells.push_back(cell ? cents_text(*cell) : "");
        result.row(std::move(cells));
    }
    std::vector<std::string> totals{"total"};
    for (auto const total : table.totals)
        totals.push_back(cents_text(total));
    result.row(std::move(totals));
    return result.text();
}

std::vector<std::int64_t> column_cents(std::vector<unit_line> const& lines, std::int64_t cent) {
    if (cent <= 0)
        throw std::invalid_argument{"column_cents: a hundredth must be a positive number of units"};
    std::vector<std::int64_t> all, nobodys;
    for (auto const& line : lines) {
        all.push_back(line.units);
        if (!line.attributed)
            nobodys.push_back(line.units);
    }
    auto const whole = in_cents(all, cent);
    auto rest = std::accumulate(whole.begin(), whole.end(), wide_integer{0});
    auto const alone = in_cents(nobodys, cent);
    auto next = alone.begin();
    std::vector<std::int64_t> cents;
    std::vector<std::size_t> order;
    for (auto const& line : lines) {
        if (line.attributed && line.units % cent != 0)
            order.push_back(cents.size());
        cents.push_back(line.attributed ? floor_quotient(line.units, cent) : *next++);
        rest -= cents.back();
    }
    // Only a half above zero and one below it, both rounded away from it, are too far apart.
    if (rest < 0 || rest > static_cast<wide_integer>(order.size()))
        return whole;
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) {
        return lines[i].units - floor_quotient(lines[i].units, cent) * cent;
    });
    for (auto const i : order | std::views::take(static_cast<std::ptrdiff_t>(rest)))
        ++cents[i];
    return cents;
}

std::int64_t to_cents(report_model const& report, std::int64_t units) {
    return *rounded(report, {units}).front();
}

std::vector<std::optional<std::int64_t>>
path_cents(report_model const& report, conversion_path const& path, std::size_t model) {
    std::vector<std::optional<std::int64_t>> column;
    for (auto const& step : path.steps)
        column.push_back(step.units[model]);
    return rounded(report, column);
}

std::vector<group_line> by_group_cents(report_model const& report) {
    using key = std::tuple<std::string, bool, std::string>;  // unattributed ones last in a group
    std::map<key, std::vector<std::optional<std::int64_t>>> units;
    for (auto const& line : report.by_group) {
        auto& row = units[{line.group, !line.attributed, line.name}];
        row.resize(report.models.size());
        row[line.model] = line.units;
    }
    std::vector<group_line> lines;
    for (auto const& [at, row] : units)
        lines.push_back({std::get<0>(at), std::get<2>(at), !std::get<1>(at), row});
    for (std::size_t model = 0; model < report.models.size(); ++model) {
        std::vector<std::optional<std::int64_t>> column;
        std::vector<bool> attributed;
        for (auto const& line : lines) {
            column.push_back(line.cents[model]);
            attributed.push_back(line.attributed);
        }
        column = rounded(report, column, attributed);
        for (std::size_t i = 0; i < lines.size(); ++i)
            lines[i].cents[model] = column[i];
    }
    auto const place = [&](group_line const& line) {
        return std::tuple{line.group, !line.attributed, -line.cents[report.chosen].value_or(0),
                          line.name};
    };
    std::ranges::sort(lines, {}, place);
    return lines;
}

std::string name_in_words(std::string const& channel) {
    return channel.empty() ? "(without a name)" : channel;
}

model_facts facts_of(report_model const& report, std::size_t model) {
    model_facts facts;
    facts.total = report.compared.totals[model];
    for (auto const& line : report.compared.lines) {
        auto const cents = line.cents[model].value_or(0);
        if (!line.attributed)
            continue;
        facts.credited += cents;
        if (!line.cents[model])
            continue;
        if (facts.largest.empty() || cents > facts.largest_cents) {
            facts.second = std::exchange(facts.largest, name_in_words(line.name));
            facts.second_cents = std::exchange(facts.largest_cents, cents);
        } else if (facts.second.empty() || cents > facts.second_cents) {
            facts.second = name_in_words(line.name);
            facts.second_cents = cents;
        }
    }
    facts.unattributed_conversions =
        report.sums ? report.sums->unattributed[model] : unattributed_paths(report, model);
    return facts;
}

void add_sums(path_sums& to, report_model const& report) {
    to.conversions += report.paths.size();
    to.unattributed.resize(report.models.size());
    for (std::size_t model = 0; model < report.models.size(); ++model)
        to.unattributed[model] += unattributed_paths(report, model);
    for (auto const& path : report.paths) {
        auto const day = date::year_month_day{date::floor<date::days>(path.at)};
        auto& month = to.cents_by_month[day.year() / day.month()];
        if (path.steps.empty()) {
            month[std::nullopt] += to_cents(report, path.units);
            continue;
        }
        ++to.days_to_conversion[date::floor<date::days>(path.at - path.steps.front().at).count()];
        auto const cents = path_cents(report, path, report.chosen);
        for (std::size_t i = 0; i < cents.size(); ++i)
            if (cents[i])
                month[path.steps[i].channel] += *cents[i];
    }
}

path_sums sums_of(report_model const& report) {
    if (report.sums)
        return *report.sums;
    path_sums sums;
    add_sums(sums, report);
    return sums;
}

std::size_t conversions_in(report_model const& report) {
    return report.sums ? report.sums->conversions : report.paths.size();
}

std::string reconciliation_text(report_model const& report, std::string const& group) {
    if (conversions_in(report) == 0)
        return "Nothing to reconcile.\n";
    auto const& chosen = report.proof[report.chosen];
    return fmt::format("Reconciled, model by model and {0} by {0}:\n"
                       "{1} in = {2} credited + {3} unattributed\n",
                       group, chosen.value_in, chosen.credited, chosen.unattributed);
}

std::string percent_text(std::int64_t part, std::int64_t whole) {
    if (whole == 0)
        return "0.0 %";
    auto const magnitude = [](wide_integer value) { return value < 0 ? -value : value; };
    auto const size = magnitude(whole);
    auto const tenths = (magnitude(part) * 2000 + size) / (2 * size);
    auto const negative = (part < 0) != (whole < 0) && tenths != 0;
    return format_decimal(negative ? -tenths : tenths, 1, decimal_style::grouped) + " %";
}

}  // namespace examples
