// SPDX-License-Identifier: BSL-1.0
#include <support/models_apart.hpp>

#include <support/money_text.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace examples {

void cents_by_model::add(std::vector<credited_line> lines) {
    std::ranges::sort(lines, {}, &credited_line::name);
    std::vector<unit_line> units;
    for (auto const& one : lines)
        units.push_back({one.units, one.attributed});
    auto const cent = units_of_one(report_->unit_decimals - 2);
    auto const together = column_cents(units, cent);
    auto& table = tables_.emplace_back();
    for (std::size_t i = 0; i < lines.size(); ++i)
        table.push_back({lines[i].name, lines[i].attributed,
                         how_ == cent_rounding::together ? together[i]
                                                         : column_cents({units[i]}, cent).front()});
    report_->by_channel.insert(report_->by_channel.end(), lines.begin(), lines.end());
}

void cents_by_model::compare() const {
    std::map<std::pair<std::string, bool>, std::vector<std::optional<std::int64_t>>> rows;
    comparison result{.key_title = report_->words.channel};
    for (std::size_t model = 0; model < tables_.size(); ++model) {
        result.totals.push_back(0);
        for (auto const& [name, attributed, cents] : tables_[model]) {
            auto& row = rows[{name, attributed}];
            row.resize(tables_.size());
            row[model] = cents;
            result.totals.back() += cents;
        }
    }
    for (auto const& [key, cents] : rows)
        result.lines.push_back({key.first, key.second, cents});
    report_->compared = std::move(result);
}

void cents_by_model::write(csv_writer file, std::string const& amount_title) const {
    file.row(report_->words.channel, amount_title);
    for (auto const& one : tables_.back())
        file.row(one.name, format_decimal(one.cents, 2, decimal_style::shortest));
}

}  // namespace examples
