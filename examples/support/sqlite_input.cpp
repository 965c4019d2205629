// SPDX-License-Identifier: BSL-1.0
#include <support/input_table.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <sqlite3.h>
#include <system_error>

namespace examples::detail {

namespace {

struct close_database {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

std::string_view text_of(sqlite3_stmt* row, int column) {
    auto const* const text = sqlite3_column_text(row, column);
    if (text == nullptr)
        return {};
    // Bytes of text are unsigned to SQLite.
    return {reinterpret_cast<char const*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

}  // namespace

void read_sqlite(std::string const& file, std::string const& query, std::string const& name,
                 input_table::column_choice const& choose, input_table::row_visitor const& visit) {
    auto ignored = std::error_code{};
    if (!std::filesystem::exists(file, ignored))
        throw input_error{{file}, "is not there, check the name of the database"};
    sqlite3* opened = nullptr;
    auto const status = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    auto const database = std::unique_ptr<sqlite3, close_database>{opened};
    auto const check = [&](bool fine) {
        if (!fine)
            throw input_error{{name},
                              fmt::format("{}, correct the query or its file",
                                          label_text(sqlite3_errmsg(opened), 300))};
    };
    check(status == SQLITE_OK);
    sqlite3_busy_timeout(opened, 5'000);
    sqlite3_stmt* prepared = nullptr;
    char const* rest = nullptr;
    check(sqlite3_prepare_v2(opened, query.c_str(), static_cast<int>(query.size()), &prepared,
                             &rest) == SQLITE_OK);
    auto const rows = std::unique_ptr<sqlite3_stmt, finalize>{prepared};
    if (!trimmed(rest).empty())
        throw input_error{{name}, "has more than one statement, write one"};

    std::vector<std::string> header;
    for (int i = 0; i < sqlite3_column_count(prepared); ++i)
        header.emplace_back(sqlite3_column_name(prepared, i));
    auto const columns = choose(header);
    auto const places = places_of(columns, header, name);
    std::vector<csv_field> fields(columns.size());
    std::size_t number = 0;
    int step = 0;
    while ((step = sqlite3_step(prepared)) == SQLITE_ROW) {
        ++number;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            fields[i] = {text_of(prepared, static_cast<int>(places[i])),
                         {name, number, columns[i]}};
            if (first_no_utf8(fields[i].text) != fields[i].text.size())
                throw input_error{fields[i].where, in_quotes(fields[i].text) +
                                                       " is no text in UTF-8, convert it in the "
                                                       "query"};
        }
        visit(fields);
    }
    check(step == SQLITE_DONE);
}

}  // namespace examples::detail
