// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/csv.hpp>
#include <support/reading.hpp>
#include <support/report_model.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A table of other people's, wherever it is: columns by name, rows of text.
namespace examples {

/// The rows of a table, one after the other, for those who read several tables side by side.
class table_cursor {
  public:
    table_cursor() = default;
    table_cursor(table_cursor const&) = delete;
    table_cursor& operator=(table_cursor const&) = delete;
    virtual ~table_cursor() = default;

    /// Steps to the next row, at first to the first one. False after the last one.
    ///
    /// Errors: as input_table::read.
    [[nodiscard]] virtual bool next() = 0;

    /// The fields of the row: one for each column that was chosen. They live until the next step.
    [[nodiscard]] std::span<csv_field const> fields() const { return fields_; }

  protected:
    std::vector<csv_field> fields_;
};

/// What an option names as a table.
///
/// Forms:  the name of a CSV file; `-`, CSV from standard input; `sqlite:FILE?SELECT ...` and
///         `postgresql://...?SELECT ...`, the rows of a query (SELECT, WITH, VALUES or TABLE).
class input_table {
  public:
    /// Errors: input_error, if a query is missing, or this program was built without that database;
    ///         input_error, if standard input cannot be kept.
    explicit input_table(std::string const& source);

    /// The columns to read, of those that there are, in any order.
    using column_choice = csv_reader::column_choice;
    /// Takes the fields of a row: one for each column that was chosen.
    using row_visitor = std::function<void(std::span<csv_field const>)>;

    /// Reads all rows. Fields live as long as the call of `visit`. A NULL of a database is an empty
    /// text.
    ///
    /// Errors: input_error, as csv_reader; with what the database says.
    void read(column_choice const& choose, row_visitor const& visit, reading& how) const;

    /// The same rows, when they are asked for. Table and `how` live as long as the cursor.
    ///
    /// Errors: as read, for what is wrong before the first row.
    /// Complexity: holds a block of a file, or a row of a query.
    [[nodiscard]] std::unique_ptr<table_cursor> open(column_choice const& choose,
                                                     reading& how) const;

    /// What messages call it. Without the password of a server.
    [[nodiscard]] std::string const& name() const { return name_; }

    /// Name and size of its file, if it is one, and its digest, for which all of it is read.
    [[nodiscard]] std::vector<input_file> files(bool with_digest = true) const;

  private:
    struct spool;
    enum class kind { csv, sqlite, postgresql };

    kind kind_ = kind::csv;
    std::string name_;
    std::string place_;  // of the file or server
    std::string query_;
    std::shared_ptr<spool const> spool_;  // what came from standard input
};

/// The address of a server without its password.
[[nodiscard]] std::string without_password(std::string text);

namespace detail {
/// Errors: input_error.
[[nodiscard]] std::unique_ptr<table_cursor> open_sqlite(std::string const& file,
                                                        std::string const& query,
                                                        std::string const& name,
                                                        input_table::column_choice const& choose);
[[nodiscard]] std::unique_ptr<table_cursor>
open_postgresql(std::string const& url, std::string const& query, std::string const& name,
                input_table::column_choice const& choose);

/// The places of the chosen columns among those that there are.
///
/// Errors: input_error, if one is not there, or there twice.
[[nodiscard]] std::vector<std::size_t> places_of(std::vector<std::string> const& chosen,
                                                 std::vector<std::string> const& header,
                                                 std::string const& name);
}  // namespace detail

}  // namespace examples
