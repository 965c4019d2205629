// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/reading.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

/// A place in an input file that an error message can name. Line 0 and an empty column mean
/// "not known"; the text is borrowed.
struct position {
    std::string_view file;
    std::size_t line = 0;
    std::string_view column = {};
};

/// Something is wrong with an input file: `FILE:LINE: column 'X': what is wrong, what to do`.
class input_error : public std::runtime_error {
  public:
    input_error(position const& where, std::string_view what);
    /// The same, and what else to do about it.
    input_error(input_error const& error, std::string_view more);
};

/// `text` between single quotes, fit for an error message: control characters and bytes that are no
/// UTF-8 as \xNN, a long text shortened.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// One field and where it stands. Borrows from the reader: valid until the next row is read.
struct csv_field {
    std::string_view text;
    position where;
};

class csv_row;

/// Reads the named columns of a CSV file with a header line, row by row:
///
///     for (auto const row : csv_reader{file, {"time", "Amount"}})
///         total += decimal(row["Amount"], 2);
///
/// Shape:      a single-pass range of rows. Columns may stand in any order among others.
/// Format:     RFC 4180, read strictly: a quote inside an unquoted field is an error. LF, CRLF and
///             CR line ends and a missing final line end are fine. Fields may also be separated by
///             semicolons, tabs or vertical bars: the separator is the one that `how` names, or by
///             which the header has most of the columns, or that a first line like `sep=;` names.
/// Encoding:   fields are UTF-8, whatever the file is. A byte order mark says what it is: UTF-8 or
///             UTF-16. Without one, it is what `how.as` says; `automatic` is UTF-8 or, if it is
///             not, Windows-1252 (which has Latin-1 in it), but never a mixture of both. Columns
///             that nobody asked for may be anything.
/// Notes:      `how` is told what a file is that is not UTF-8 or not separated by commas.
/// Edges:      spaces belong to their field, as RFC 4180 says. Blank lines are skipped. A row may
///             take 16 MiB: a forgotten closing quote must not swallow all memory.
/// Errors:     input_error, naming the file, the physical line where the row begins and the
///             column: no such file, a directory, an empty file or one that is no text, a missing
///             or repeated column (on construction), a row with too few or too many fields, a
///             broken quote, a NUL byte, a byte that its encoding does not have.
/// Complexity: holds one block of 64 KiB and one row.
class csv_reader {
  public:
    class iterator;

    csv_reader(std::filesystem::path const& file, std::vector<std::string> columns);
    /// `how` lives as long as the reader.
    csv_reader(std::filesystem::path const& file, std::vector<std::string> columns, reading& how);
    /// For programs that do not know the columns: `choose` is given those of the header, and returns
    /// the wanted ones. Messages call the file `shown`.
    using column_choice =
        std::function<std::vector<std::string>(std::vector<std::string> const& header)>;
    csv_reader(std::filesystem::path const& file, std::string shown, column_choice const& choose,
               reading& how);
    csv_reader(csv_reader&&) noexcept;
    csv_reader& operator=(csv_reader&&) noexcept;
    ~csv_reader();

    /// Reads the first row that has not been read.
    [[nodiscard]] iterator begin();
    [[nodiscard]] std::default_sentinel_t end() const { return {}; }

  private:
    friend csv_row;
    struct state;
    std::unique_ptr<state> state_;
};

/// The row a reader stands on: a view into the reader, valid until the next row is read.
class csv_row {
  public:
    /// The field of one of the columns the reader was asked for; any other is a std::logic_error.
    [[nodiscard]] csv_field operator[](std::string_view column) const;
    /// The field of the column that was asked for in that place.
    [[nodiscard]] csv_field field(std::size_t place) const;
    /// Those fields of another row as they are in this one: one for each column that was asked for.
    void renew(std::span<csv_field> fields) const;
    [[nodiscard]] position where(std::string_view column) const;
    [[nodiscard]] std::size_t line() const;

  private:
    friend csv_reader::iterator;
    explicit csv_row(csv_reader::state* state) : state_{state} {}
    bool read_next() const;

    csv_reader::state* state_;
};

class csv_reader::iterator {
  public:
    using value_type = csv_row;
    using difference_type = std::ptrdiff_t;

    csv_row operator*() const { return row_; }
    iterator& operator++() {
        done_ = !row_.read_next();
        return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(iterator const& it, std::default_sentinel_t) { return it.done_; }

  private:
    friend csv_reader;
    explicit iterator(state* state) : row_{state} { ++*this; }

    csv_row row_;
    bool done_ = false;
};

}  // namespace examples
