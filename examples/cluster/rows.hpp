// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <date/date.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <istream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Records of any company in one form, as lines of text that every engine can move about:
///
///     touch <tab> customer <tab> time <tab> row <tab> channel
///     sale  <tab> customer <tab> time <tab> row <tab> segment <tab> amount
///     end   <tab> how many touches and sales there are
///
/// Times are whole seconds since 1970-01-01 00:00:00 UTC; rows number the touches and the sales of
/// all partitions, and stand for the order of equal times; amounts are whole units. A customer \N
/// is missing. In texts, tab, line feed, carriage return and backslash are \t, \n, \r and \\; \b,
/// \f, \0 and \' are read, too, as ClickHouse writes them. Columns beyond these must be empty.
namespace cluster {

struct touch_row {
    std::optional<std::string> customer;
    date::sys_seconds at;
    std::uint64_t row;
    std::string channel;
};

struct sale_row {
    std::optional<std::string> customer;
    date::sys_seconds at;
    std::uint64_t row;
    std::string segment;
    std::int64_t units;
};

/// Some customers, whole.
struct partition {
    std::vector<touch_row> touches;  // in the order of their rows
    std::vector<sale_row> sales;     // likewise

    [[nodiscard]] std::size_t size() const { return touches.size() + sales.size(); }
};

/// A customer as a column.
[[nodiscard]] std::string customer_text(std::optional<std::string> const& customer);

/// One line without its line end.
[[nodiscard]] std::string line_of(touch_row const& touch);
[[nodiscard]] std::string line_of(sale_row const& sale);
[[nodiscard]] std::string end_line(std::size_t rows);

/// How many rows there are, if the line is an end.
///
/// Errors: examples::input_error, naming input, line and column.
[[nodiscard]] std::optional<std::uint64_t> rows_in_end(std::string_view line, std::string_view name,
                                                       std::size_t number);

/// The bytes of a line's customer, by which it is partitioned; empty if there is none.
[[nodiscard]] std::string customer_of(std::string_view line);

/// Adds the record of one line, which is not an end. `name` and `number` are for error messages.
///
/// Errors: examples::input_error, naming input, line and column.
void add_line(partition& to, std::string_view line, std::string_view name, std::size_t number);

/// Puts records in the order of their rows, in which attribution takes equal times.
///
/// Errors: examples::input_error if two have the same row.
void put_in_order(partition& all, std::string_view name);

/// Calls `row` with every line but the end, and its number. One end line must be there and say how
/// many others are: input that was cut off is an error, never a smaller result.
///
/// Errors: examples::input_error, naming input, line and column.
/// Complexity: holds one line.
void for_each_row(std::istream& in, std::string_view name,
                  std::function<void(std::string_view line, std::size_t number)> const& row);

/// Reads all lines, in any order, of one input, or of files each of which has an end line.
///
/// Errors: as for_each_row, put_in_order; examples::input_error for a file that cannot be opened.
/// Complexity: holds the records, and one line.
[[nodiscard]] partition read_rows(std::istream& in, std::string_view name);
[[nodiscard]] partition read_rows(std::span<std::filesystem::path const> files);

/// A file to read, opened.
///
/// Errors: examples::input_error.
[[nodiscard]] std::ifstream opened(std::filesystem::path const& file);

}  // namespace cluster
