// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/report_model.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A report as tables that people can query, in a file of SQLite or on a PostgreSQL server.
namespace examples {

/// One table. Every table begins with the column run_id, which its rows here leave out.
struct relation {
    struct reference {
        std::vector<std::string> columns = {};  // besides run_id
        std::string table = {};
    };
    std::string name = {};
    std::vector<database_column> columns = {};
    std::vector<std::string> key = {};  // besides run_id: unique within a run
    std::vector<reference> references = {};
    std::vector<std::vector<std::string>> indexes = {};
    std::vector<std::vector<std::optional<std::string>>> rows = {};
};

/// All tables of a run, those that others refer to first; the first of all is `runs`, with one
/// row. `written_at` is a time in UTC, as 2024-05-01T10:00:00Z.
[[nodiscard]] std::vector<relation> relations_of(report_model const& report,
                                                 std::string const& written_at);

enum class earlier_runs {
    replace,  ///< those of the same program are removed
    keep,     ///< the run is added to them
};

/// A run that is written, but that nobody sees before commit(). Without it the database is as it
/// was, and a file that was made for it is gone.
class pending_run {
  public:
    pending_run() = default;
    pending_run(pending_run const&) = delete;
    pending_run& operator=(pending_run const&) = delete;
    virtual ~pending_run() = default;
    virtual void commit() = 0;
};

/// Writes a run in one transaction. `target` is the name of a file, or begins with postgresql:// or
/// postgres:// and names a database of a server.
///
/// Errors: output_error, with what the database says; std::invalid_argument if this program was
///         built without the library that `target` needs.
[[nodiscard]] std::unique_ptr<pending_run> write_run(std::vector<relation> const& tables,
                                                     std::string const& target, earlier_runs what);

/// Why this program cannot write to `target`: it was built without that library. Empty if it can.
[[nodiscard]] std::string database_refusal(std::string_view target);

[[nodiscard]] bool is_postgresql(std::string_view target);

namespace detail {
[[nodiscard]] std::unique_ptr<pending_run> write_sqlite(std::vector<relation> const& tables,
                                                        std::string const& file, earlier_runs what);
[[nodiscard]] std::unique_ptr<pending_run>
write_postgresql(std::vector<relation> const& tables, std::string const& url, earlier_runs what);

/// CREATE TABLE IF NOT EXISTS and its indexes. `type_name` gives the name of a column's type.
[[nodiscard]] std::string create_statements(relation const& table,
                                            std::string_view (*type_name)(database_column::kind));
}  // namespace detail

}  // namespace examples
