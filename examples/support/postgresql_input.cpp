// SPDX-License-Identifier: BSL-1.0
#include <support/input_table.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <libpq-fe.h>

namespace examples::detail {

namespace {

struct finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using result = std::unique_ptr<PGresult, clear>;

}  // namespace

void read_postgresql(std::string const& url, std::string const& query, std::string const& name,
                     input_table::column_choice const& choose,
                     input_table::row_visitor const& visit) {
    auto const connection = std::unique_ptr<PGconn, finish>{PQconnectdb(url.c_str())};
    auto const check = [&](bool fine) {
        if (!fine)
            throw input_error{{name},
                              fmt::format("{}, correct the query or the address",
                                          label_text(PQerrorMessage(connection.get()), 300))};
    };
    check(PQstatus(connection.get()) == CONNECTION_OK);
    check(PQsetClientEncoding(connection.get(), "UTF8") == 0);
    // What is written on the clock of the session is read as UTC.
    auto const begun = result{PQexec(connection.get(), "SET datestyle = ISO; SET timezone = 'UTC'; "
                                                       "SET default_transaction_read_only = on")};
    check(PQresultStatus(begun.get()) == PGRES_COMMAND_OK);
    check(PQsendQuery(connection.get(), query.c_str()) == 1);
    check(PQsetSingleRowMode(connection.get()) == 1);

    std::vector<std::string> columns;
    std::vector<std::size_t> places;
    std::vector<csv_field> fields;
    auto begun_rows = false;
    std::size_t number = 0;
    while (auto const rows = result{PQgetResult(connection.get())}) {
        auto const status = PQresultStatus(rows.get());
        check(status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK);
        if (!std::exchange(begun_rows, true)) {
            std::vector<std::string> header;
            for (int i = 0; i < PQnfields(rows.get()); ++i)
                header.emplace_back(PQfname(rows.get(), i));
            columns = choose(header);
            places = places_of(columns, header, name);
            fields.resize(columns.size());
        }
        for (int row = 0; row < PQntuples(rows.get()); ++row) {
            ++number;
            for (std::size_t i = 0; i < columns.size(); ++i) {
                auto const place = static_cast<int>(places[i]);
                fields[i] = {{PQgetvalue(rows.get(), row, place),
                              static_cast<std::size_t>(PQgetlength(rows.get(), row, place))},
                             {name, number, columns[i]}};
            }
            visit(fields);
        }
    }
}

}  // namespace examples::detail
