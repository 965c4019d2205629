// SPDX-License-Identifier: BSL-1.0
#include <support/attribution_report.hpp>

#include <support/text_table.hpp>

namespace examples {

std::string counts_table(std::string const& title,
                         std::vector<std::pair<std::string, std::size_t>> const& lines) {
    text_table table{{title, "number"}};
    for (auto const& [kind, count] : lines)
        table.row({kind, count_text(count)});
    return table.text();
}

void write_header(csv_writer& file, database_table const& table) {
    std::vector<std::string> cells;
    for (auto const& column : table.columns)
        cells.push_back(column.name);
    file.cells(cells);
}

void write_rows(csv_writer& file, database_table const& table) {
    std::vector<std::string> cells;
    for (auto const& row : table.rows) {
        cells.clear();
        for (auto const& cell : row)
            cells.push_back(cell.value_or(""));
        file.cells(cells);
    }
}

void write_table(csv_writer file, database_table const& table) {
    write_header(file, table);
    write_rows(file, table);
}

}  // namespace examples
