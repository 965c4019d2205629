// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/unicode.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace examples {

/// A table for the terminal:
///
///     channel      revenue
///     ----------  --------
///     Newsletter  5,090.00
///     Trade fair    -12.50
///
/// A column is right-aligned, title included, if it has numbers and nothing else: cells of sign,
/// digits, points, commas and percent sign, or empty ones. Widths count UTF-8 code points. Cells are
/// cut to 200 of them, and have no control characters: a terminal would obey them.
///
/// By hand: no library of Debian lays out tables of UTF-8 text.
class text_table {
  public:
    explicit text_table(std::vector<std::string> header) : header_{std::move(header)} {}

    /// Errors: std::invalid_argument if the number of cells is not the header's.
    void row(std::vector<std::string> cells) {
        if (cells.size() != header_.size())
            throw std::invalid_argument{"text_table: a row needs one cell for every column"};
        for (auto& cell : cells)
            cell = label_text(cell, longest_cell);
        rows_.push_back(std::move(cells));
    }

    [[nodiscard]] std::string text() const {
        std::vector<std::string> lines(rows_.size() + 2);
        for (std::size_t column = 0; column < header_.size(); ++column)
            append(lines, column);
        std::string result;
        for (auto& line : lines) {
            line.erase(line.find_last_not_of(' ') + 1);
            result += line + '\n';
        }
        return result;
    }

  private:
    static constexpr std::size_t longest_cell = 200;

    void append(std::vector<std::string>& lines, std::size_t column) const {
        auto wide = characters(header_[column]);
        auto numbers = false;
        auto texts = false;
        for (auto const& row : rows_) {
            auto const& cell = row[column];
            wide = std::max(wide, characters(cell));
            numbers = numbers || is_number(cell);
            texts = texts || (!cell.empty() && !is_number(cell));
        }
        auto const put = [&](std::string& line, std::string const& cell) {
            auto const gap = std::string(wide - characters(cell), ' ');
            line += (column == 0 ? "" : "  ") + (numbers && !texts ? gap + cell : cell + gap);
        };
        put(lines[0], header_[column]);
        put(lines[1], std::string(wide, '-'));
        for (std::size_t i = 0; i < rows_.size(); ++i)
            put(lines[i + 2], rows_[i][column]);
    }

    static bool is_number(std::string_view text) {
        return text.find_first_of("0123456789") != text.npos &&
               text.find_first_not_of("+-0123456789.,%") == text.npos;
    }

    std::vector<std::string> header_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace examples
