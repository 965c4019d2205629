// SPDX-License-Identifier: BSL-1.0
#include <support/report_tables.hpp>

#include <support/text_table.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <stdexcept>
#include <string_view>

namespace examples {

namespace {

bool digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

std::string_view without_sign(std::string_view text) {
    return text.substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
}

/// `text` has digits where `shape` has 0, and otherwise what that has.
bool looks_like(std::string_view text, std::string_view shape) {
    return std::ranges::equal(text, shape, [](char c, char expected) {
        return expected == '0' ? c >= '0' && c <= '9' : c == expected;
    });
}

/// What is wrong with a cell; empty if nothing is.
std::string_view wrong(column_kind kind, std::string_view text) {
    auto const number = without_sign(text);
    switch (kind) {
    case column_kind::text:
        break;
    case column_kind::integer:
        return digits(number) ? "" : "is no whole number";
    case column_kind::amount:
    case column_kind::decimal: {
        auto const point = number.find('.');
        auto const good = digits(number.substr(0, point)) &&
                          (point == number.npos || digits(number.substr(point + 1)));
        return good ? "" : "is no decimal number";
    }
    case column_kind::date:
        return looks_like(text, "0000-00-00") ? "" : "is no date like 2024-05-01";
    case column_kind::time:
        return looks_like(text, "0000-00-00T00:00:00Z") ? ""
                                                        : "is no time like 2024-05-01T10:00:00Z";
    }
    return "";
}

[[noreturn]] void refuse(report_table const& table, std::string_view what) {
    throw std::invalid_argument{fmt::format("table '{}': {}", table.name, what)};
}

void check(report_table const& table) {
    std::set<std::string_view> columns;
    for (auto const& column : table.columns)
        if (column.name.empty() || !columns.insert(column.name).second)
            refuse(table, fmt::format("the column name '{}' is empty or used twice", column.name));
        else if (column.name == "number" || column.name == "run_id")
            refuse(table, fmt::format("the database has a column '{}' of its own; choose another "
                                      "name",
                                      column.name));
    if (table.columns.empty())
        refuse(table, "it has no columns");
    if (!table.total.empty() && table.total.size() != table.columns.size())
        refuse(table, fmt::format("the total has {} cells for {} columns", table.total.size(),
                                  table.columns.size()));
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        auto const& row = table.rows[r];
        if (row.size() != table.columns.size())
            refuse(table, fmt::format("row {} has {} cells for {} columns", r + 1, row.size(),
                                      table.columns.size()));
        for (std::size_t c = 0; c < row.size(); ++c)
            if (auto const what = row[c] ? wrong(table.columns[c].type, *row[c]) : "";
                !what.empty())
                refuse(table, fmt::format("row {}, column '{}': '{}' {}", r + 1,
                                          table.columns[c].name, label_text(*row[c]), what));
    }
}

std::string grouped(std::string_view text) {
    auto const sign = text.size() - without_sign(text).size();
    auto const end = std::min(text.find('.'), text.size());
    std::string result{text};
    for (auto at = end; at > sign + 3; at -= 3)
        result.insert(at - 3, 1, ',');
    return result;
}

/// One line of CSV with its line end. A line of one empty field is `""`, as csv_line has it.
std::string line_of(std::span<std::optional<std::string> const> cells) {
    std::string line;
    for (auto const& cell : cells) {
        if (&cell != cells.data())
            line += ',';
        line += csv_field_text(cell.value_or(""));
    }
    return (line.empty() ? "\"\"" : line) + '\n';
}

std::string in_words(std::string name) {
    std::ranges::replace(name, '_', ' ');
    return name;
}

}  // namespace

void check_tables(report_model const& report) {
    std::set<std::string_view> names;
    for (auto const& table : report.tables) {
        if (table.name.empty() || !names.insert(table.name).second)
            refuse(table, "this name is empty or used twice");
        check(table);
    }
    auto const check_section = [&](std::string const& section, std::string const& what) {
        if (!section.empty() &&
            std::ranges::find(report.sections, section) == report.sections.end())
            throw std::invalid_argument{fmt::format(
                "'{}' stands in the section '{}', which the report does not have", what, section)};
    };
    for (auto const& table : report.tables)
        check_section(table.section, table.name);
    for (auto const& drawn : report.figures)
        check_section(figure_section(drawn), figure_name(drawn));
    for (auto const& one : report.key_figures)
        check_section(one.section, one.title);
}

std::vector<std::string> write_tables(report_model const& report, output_directory& out) {
    std::vector<std::string> files;
    for (auto const& table : report.tables) {
        auto& file = out.file(files.emplace_back(table.name + ".csv"));
        std::vector<std::optional<std::string>> header;
        for (auto const& column : table.columns)
            header.emplace_back(column.name);
        file.write(line_of(header));
        for (auto const& row : table.rows)
            file.write(line_of(row));
    }
    return files;
}

bool is_number(column_kind kind) {
    return kind == column_kind::integer || kind == column_kind::amount ||
           kind == column_kind::decimal;
}

std::string cell_text(column_kind kind, std::optional<std::string> const& cell) {
    if (!cell)
        return {};
    if (is_number(kind))
        return grouped(*cell);
    if (kind == column_kind::time)
        return cell->substr(0, 10) + ' ' + cell->substr(11, 8);
    return *cell;
}

std::string title_of(table_column const& column) {
    return column.title.empty() ? in_words(column.name) : column.title;
}

std::string title_of(report_table const& table) {
    return table.title.empty() ? in_words(table.name) : table.title;
}

std::vector<std::size_t> shown_columns(report_table const& table) {
    std::vector<std::size_t> shown;
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        if (!table.columns[c].if_used ||
            std::ranges::any_of(table.rows, [&](auto const& row) { return row[c].has_value(); }))
            shown.push_back(c);
    return shown;
}

std::string table_text(report_table const& table, std::size_t most) {
    std::vector<std::string> header;
    auto const columns = shown_columns(table);
    for (auto const c : columns)
        header.push_back(title_of(table.columns[c]));
    text_table text{header};
    auto const add = [&](std::vector<std::optional<std::string>> const& row) {
        std::vector<std::string> cells;
        for (auto const c : columns)
            cells.push_back(cell_text(table.columns[c].type, row[c]));
        text.row(std::move(cells));
    };
    auto const shown = std::min(most, table.rows.size());
    for (std::size_t r = 0; r < shown; ++r)
        add(table.rows[r]);
    if (!table.total.empty())
        add(table.total);
    auto const rest =
        shown < table.rows.size()
            ? fmt::format("the first {} of {} rows; {}.csv has them all\n", count_text(shown),
                          count_text(table.rows.size()), table.name)
            : "";
    return fmt::format("{}\n\n{}{}", title_of(table), text.text(), rest);
}

std::string key_figures_text(std::vector<key_figure> const& figures) {
    text_table text{{"figure", "value", ""}};
    for (auto const& one : figures)
        text.row({one.title, one.value, one.note});
    return text.text();
}

}  // namespace examples
