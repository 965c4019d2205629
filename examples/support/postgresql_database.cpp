// SPDX-License-Identifier: BSL-1.0
#include <support/database.hpp>
#include <support/output.hpp>
#include <support/sha256.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <libpq-fe.h>

namespace examples::detail {

namespace {

using kind = database_column::kind;

std::string_view type_name(kind type) {
    switch (type) {
    case kind::integer:
        return "bigint";
    case kind::amount:
        return "numeric(28, 9)";
    case kind::decimal:
        return "numeric";
    case kind::date:
        return "date";
    case kind::time:
        return "timestamp with time zone";
    case kind::text:
        break;
    }
    return "text";
}

struct finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using result = std::unique_ptr<PGresult, clear>;

/// An index of PostgreSQL takes about 2,700 bytes in a row: longer texts are cut, and named by their
/// digest, so that different ones stay different and equal ones equal.
std::string fit_for_index(std::string text) {
    constexpr std::size_t longest = 1'000, kept = 500;
    if (text.size() <= longest)
        return text;
    auto const digest = hexadecimal(sha256(text));
    text.resize(kept);
    text.resize(first_no_utf8(text));  // not in the middle of a character
    return fmt::format("{}... [cut, SHA-256 {}]", text, digest);
}

/// A field of COPY's text format.
void append_field(std::string& line, std::optional<std::string> const& value) {
    if (!value) {
        line += "\\N";
        return;
    }
    for (char const c : fit_for_index(valid_utf8(*value))) {
        switch (c) {
        case '\\':
            line += "\\\\";
            break;
        case '\n':
            line += "\\n";
            break;
        case '\r':
            line += "\\r";
            break;
        case '\t':
            line += "\\t";
            break;
        default:
            line += c;
        }
    }
}

class postgresql_run : public pending_run {
  public:
    explicit postgresql_run(std::string const& url) : connection_{PQconnectdb(url.c_str())} {
        if (PQstatus(connection_.get()) != CONNECTION_OK)
            fail();
        PQsetNoticeProcessor(
            connection_.get(), [](void*, char const*) {}, nullptr);
        if (PQsetClientEncoding(connection_.get(), "UTF8") != 0)
            fail();
        run("BEGIN");
    }

    void write(std::vector<relation> const& tables, earlier_runs what) {
        for (auto const& table : tables)
            run(create_statements(table, type_name));
        run("LOCK TABLE runs IN EXCLUSIVE MODE");
        if (what == earlier_runs::replace) {
            auto const& program = *tables[0].rows[0][0];
            char const* const values[] = {program.c_str()};
            check(PQexecParams(connection_.get(), "DELETE FROM runs WHERE program = $1", 1, nullptr,
                               values, nullptr, nullptr, 0),
                  PGRES_COMMAND_OK);
        }
        auto const next =
            check(PQexec(connection_.get(), "SELECT coalesce(max(run_id), 0) + 1 FROM runs"),
                  PGRES_TUPLES_OK);
        auto const run_id = std::string{PQgetvalue(next.get(), 0, 0)};
        for (auto const& table : tables)
            copy(table, run_id);
    }

    void commit() override { run("COMMIT"); }

  private:
    /// The address of the server may hold a password: it is not repeated.
    [[noreturn]] void fail() const {
        auto text = std::string{PQerrorMessage(connection_.get())};
        throw output_error{fmt::format("PostgreSQL: {}", label_text(text, 300))};
    }
    result check(PGresult* raw, ExecStatusType expected) const {
        auto checked = result{raw};
        if (PQresultStatus(checked.get()) != expected)
            fail();
        return checked;
    }
    void run(std::string const& sql) const {
        check(PQexec(connection_.get(), sql.c_str()), PGRES_COMMAND_OK);
    }

    void send(std::string& block) const {
        if (PQputCopyData(connection_.get(), block.data(), static_cast<int>(block.size())) != 1)
            fail();
        block.clear();
    }

    void copy(relation const& table, std::string const& run_id) const {
        constexpr std::size_t block_size = 65'536;
        std::string columns = "run_id";
        for (auto const& column : table.columns)
            columns += fmt::format(", \"{}\"", column.name);
        check(PQexec(connection_.get(),
                     fmt::format("COPY \"{}\" ({}) FROM STDIN", table.name, columns).c_str()),
              PGRES_COPY_IN);
        std::string block;
        for (auto const& row : table.rows) {
            block += run_id;
            for (auto const& value : row) {
                block += '\t';
                append_field(block, value);
            }
            block += '\n';
            if (block.size() >= block_size)
                send(block);
        }
        if (!block.empty())
            send(block);
        if (PQputCopyEnd(connection_.get(), nullptr) != 1)
            fail();
        check(PQgetResult(connection_.get()), PGRES_COMMAND_OK);
        while (auto const rest = result{PQgetResult(connection_.get())})
            static_cast<void>(rest);
    }

    std::unique_ptr<PGconn, finish> connection_;
};

}  // namespace

std::unique_ptr<pending_run> write_postgresql(std::vector<relation> const& tables,
                                              std::string const& url, earlier_runs what) {
    auto run = std::make_unique<postgresql_run>(url);
    run->write(tables, what);
    return run;
}

}  // namespace examples::detail
