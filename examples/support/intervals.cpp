// SPDX-License-Identifier: BSL-1.0
#include <support/intervals.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace examples {

namespace {

std::int64_t floor_quotient(std::int64_t value, std::int64_t divisor) {
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

/// Both ends in a coarser unit, neither further inside than before.
value_range outwards(value_range const& fine, std::int64_t unit) {
    return {floor_quotient(fine.low, unit), -floor_quotient(-fine.high, unit)};
}

/// The place of a line in the comparison. What nobody earned may be called otherwise by each model.
std::size_t place_of(report_model const& report, interval_line const& one) {
    auto const& lines = report.compared.lines;
    auto const found = std::ranges::find_if(lines, [&](comparison::line const& line) {
        return line.attributed == one.channel.has_value() &&
               (one.channel ? line.name == *one.channel : line.cents[one.model].has_value());
    });
    if (found == lines.end())
        throw std::invalid_argument{fmt::format("add_intervals: the comparison has no line for {}",
                                                one.channel.value_or("what nobody earned"))};
    return static_cast<std::size_t>(found - lines.begin());
}

}  // namespace

void add_intervals(report_model& report, std::vector<interval_line> const& lines) {
    using kind = column_kind;
    auto const cent = units_of_one(report.unit_decimals - 2);
    for (auto& line : report.compared.lines)
        line.ranges.assign(report.models.size(), {});
    std::map<std::pair<std::size_t, std::size_t>, interval_line const*> by_place;
    for (auto const& one : lines) {
        auto const place = place_of(report, one);
        report.compared.lines[place].ranges[one.model] = outwards(one.units, cent);
        by_place.emplace(std::pair{one.model, place}, &one);
    }
    report_table table{.name = "intervals",
                       .title = "Amounts with their intervals",
                       .columns = {{"model"},
                                   {report.words.channel},
                                   {"amount", kind::amount},
                                   {"lower", kind::amount},
                                   {"upper", kind::amount}},
                       .on_page = false};  // its comparison has them
    for (auto const& [place, one] : by_place)
        table.rows.push_back(
            {report.models[one->model].name, one->channel, one->amount, one->lower, one->upper});
    report.tables.push_back(std::move(table));
    report.options.emplace_back("intervals", "95 %");
}

bool has_intervals(report_model const& report) {
    return std::ranges::any_of(report.compared.lines,
                               [](auto const& line) { return !line.ranges.empty(); });
}

std::string meaning_of_intervals(report_model const& report) {
    if (!has_intervals(report))
        return {};
    return "Ranges are 95 % intervals: how far an amount would be off in another sample like this "
           "one, by the same model; what it learned is not learned again. They do not say whether "
           "a model is right.";
}

std::string range_text(value_range const& cents) {
    if (std::max(-cents.low, cents.high) < 100'000)
        return fmt::format("{} – {}", cents_text(cents.low), cents_text(cents.high));
    auto const whole = outwards(cents, 100);
    return fmt::format("{} – {}", format_decimal(whole.low, 0, decimal_style::grouped),
                       format_decimal(whole.high, 0, decimal_style::grouped));
}

}  // namespace examples
