// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/output.hpp>
#include <support/report_model.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// The tables that a program adds to its report.
namespace examples {

/// Errors: std::invalid_argument, naming table, row and column: a section that the report does not
///         have, a name that is used twice, a row with too few or too many cells, a cell that is not
///         what its column holds.
void check_tables(report_model const& report);

/// NAME.csv for each; returns the names of the files. The caller commits.
[[nodiscard]] std::vector<std::string> write_tables(report_model const& report,
                                                    output_directory& out);

/// A cell for people: 1,234.50 for 1234.50, 2024-05-01 10:00:00 for 2024-05-01T10:00:00Z, nothing
/// for nothing.
[[nodiscard]] std::string cell_text(column_kind kind, std::optional<std::string> const& cell);

/// The title for people: first day for first_day, if it has no other.
[[nodiscard]] std::string title_of(table_column const& column);
[[nodiscard]] std::string title_of(report_table const& table);

/// The columns that people see: all but those that only count if they are used, and are not.
[[nodiscard]] std::vector<std::size_t> shown_columns(report_table const& table);

/// Integers, amounts and decimals: right-aligned, and sorted by value.
[[nodiscard]] bool is_number(column_kind kind);

/// The table for the terminal, its title above and its total below; of more than `most` rows the first, and how many
/// there are in which file.
[[nodiscard]] std::string table_text(report_table const& table, std::size_t most = 20);

/// The key figures for the terminal, one in a line.
[[nodiscard]] std::string key_figures_text(std::vector<key_figure> const& figures);

}  // namespace examples
