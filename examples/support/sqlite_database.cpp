// SPDX-License-Identifier: BSL-1.0
#include <support/database.hpp>
#include <support/output.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <sqlite3.h>
#include <system_error>

namespace examples::detail {

namespace {

namespace fs = std::filesystem;
using kind = database_column::kind;

std::string_view type_name(kind type) {
    switch (type) {
    case kind::integer:
        return "INTEGER";
    case kind::amount:
    case kind::decimal:
        return "REAL";
    case kind::text:
    case kind::date:
    case kind::time:
        break;
    }
    return "TEXT";
}

struct close_database {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class sqlite_run : public pending_run {
  public:
    explicit sqlite_run(std::string file) : file_{std::move(file)} {
        auto ignored = std::error_code{};
        existed_ = fs::exists(file_, ignored);
        sqlite3* opened = nullptr;
        auto const status = sqlite3_open_v2(file_.c_str(), &opened,
                                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        database_.reset(opened);
        check(status);
        sqlite3_busy_timeout(database_.get(), 5'000);
        try {
            run("PRAGMA foreign_keys = ON");
            run("BEGIN IMMEDIATE");
        } catch (...) {
            forget();
            throw;
        }
    }
    ~sqlite_run() override { forget(); }

    void write(std::vector<relation> const& tables, earlier_runs what) {
        for (auto const& table : tables)
            run(create_statements(table, type_name));
        if (what == earlier_runs::replace) {
            auto const remove = prepare("DELETE FROM runs WHERE program = ?");
            bind(remove.get(), 1, kind::text, tables[0].rows[0][0]);
            step(remove.get());
        }
        auto const next = prepare("SELECT coalesce(max(run_id), 0) + 1 FROM runs");
        if (sqlite3_step(next.get()) != SQLITE_ROW)
            fail();
        auto const run_id = sqlite3_column_int64(next.get(), 0);
        for (auto const& table : tables)
            insert(table, run_id);
    }

    void commit() override {
        run("COMMIT");
        committed_ = true;
    }

  private:
    using statement = std::unique_ptr<sqlite3_stmt, finalize>;

    void forget() {
        database_.reset();  // rolls back
        auto ignored = std::error_code{};
        if (!existed_ && !committed_)
            fs::remove(file_, ignored);
    }

    [[noreturn]] void fail() const {
        auto const code = database_ ? sqlite3_errcode(database_.get()) : SQLITE_NOMEM;
        throw output_error{fmt::format(
            "{}: cannot be written: {}{}", file_,
            database_ ? sqlite3_errmsg(database_.get()) : "out of memory",
            code == SQLITE_FULL       ? "; make room, or choose another place"
            : code == SQLITE_CANTOPEN ? "; check the place and its permissions, or choose another"
                                      : "")};
    }
    void check(int status) const {
        if (status != SQLITE_OK)
            fail();
    }
    void run(std::string const& sql) const {
        check(sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr));
    }
    statement prepare(std::string const& sql) const {
        sqlite3_stmt* prepared = nullptr;
        check(sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &prepared, nullptr));
        return statement{prepared};
    }
    void step(sqlite3_stmt* prepared) const {
        if (sqlite3_step(prepared) != SQLITE_DONE)
            fail();
        check(sqlite3_reset(prepared));
    }

    void bind(sqlite3_stmt* to, int place, kind type,
              std::optional<std::string> const& value) const {
        if (!value) {
            check(sqlite3_bind_null(to, place));
            return;
        }
        auto const* begin = value->data();
        auto const* const end = begin + value->size();
        if (type != kind::text && value->starts_with('+'))
            ++begin;  // fine in the input, but not for from_chars
        if (type == kind::integer) {
            std::int64_t number = 0;
            std::from_chars(begin, end, number);
            check(sqlite3_bind_int64(to, place, number));
        } else if (type == kind::amount || type == kind::decimal) {
            double number = 0;
            std::from_chars(begin, end, number);
            check(sqlite3_bind_double(to, place, number));
        } else {
            auto const text = valid_utf8(*value);
            check(sqlite3_bind_text64(to, place, text.data(), text.size(), SQLITE_TRANSIENT,
                                      SQLITE_UTF8));
        }
    }

    void insert(relation const& table, std::int64_t run_id) const {
        std::string columns = "run_id";
        std::string places = "?";
        for (auto const& column : table.columns) {
            columns += fmt::format(", \"{}\"", column.name);
            places += ", ?";
        }
        auto const prepared = prepare(
            fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", table.name, columns, places));
        for (auto const& row : table.rows) {
            check(sqlite3_bind_int64(prepared.get(), 1, run_id));
            int place = 1;
            for (auto const& value : row) {
                bind(prepared.get(), place + 1,
                     table.columns[static_cast<std::size_t>(place - 1)].type, value);
                ++place;
            }
            step(prepared.get());
        }
    }

    std::string file_;
    std::unique_ptr<sqlite3, close_database> database_;
    bool existed_ = false;
    bool committed_ = false;
};

}  // namespace

std::unique_ptr<pending_run> write_sqlite(std::vector<relation> const& tables,
                                          std::string const& file, earlier_runs what) {
    auto run = std::make_unique<sqlite_run>(file);
    run->write(tables, what);
    return run;
}

}  // namespace examples::detail
