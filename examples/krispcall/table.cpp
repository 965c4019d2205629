// SPDX-License-Identifier: BSL-1.0
#include <krispcall/table.hpp>

#include <support/text_table.hpp>

#include <map>

namespace krispcall {

std::string side_by_side(std::vector<std::pair<std::string, table>> const& tables) {
    std::vector<std::string> titles{"platform"};
    std::vector<std::string> totals{"total"};
    std::map<std::string, std::vector<std::string>> rows;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        auto const& [title, lines] = tables[i];
        std::int64_t total = 0;
        for (auto const& [platform, cents] : lines) {
            auto& row = rows[platform];
            row.resize(tables.size());
            row[i] = cents_text(cents);
            total += cents;
        }
        titles.push_back(title);
        totals.push_back(cents_text(total));
    }
    examples::text_table result{titles};
    for (auto& [platform, row] : rows) {
        row.insert(row.begin(), platform);
        result.row(row);
    }
    result.row(totals);
    return result.text();
}

}  // namespace krispcall
