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

class postgresql_cursor : public table_cursor {
  public:
    postgresql_cursor(std::string const& url, std::string const& query, std::string const& name,
                      input_table::column_choice const& choose)
        : name_{name}, connection_{PQconnectdb(url.c_str())} {
        auto* const connection = connection_.get();
        check(PQstatus(connection) == CONNECTION_OK);
        check(PQsetClientEncoding(connection, "UTF8") == 0);
        // What is written on the clock of the session is read as UTC.
        auto const begun = result{PQexec(connection, "SET datestyle = ISO; SET timezone = 'UTC'; "
                                                     "SET default_transaction_read_only = on")};
        check(PQresultStatus(begun.get()) == PGRES_COMMAND_OK);
        check(PQsendQuery(connection, query.c_str()) == 1);
        check(PQsetSingleRowMode(connection) == 1);
        fetch();
        std::vector<std::string> header;
        for (int i = 0; i < PQnfields(rows_.get()); ++i)
            header.emplace_back(PQfname(rows_.get(), i));
        columns_ = choose(header);
        places_ = places_of(columns_, header, name_);
        fields_.resize(columns_.size());
    }

    bool next() override {
        while (rows_ && ++row_ >= PQntuples(rows_.get()))
            fetch();
        if (!rows_)
            return false;
        ++number_;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            auto const place = static_cast<int>(places_[i]);
            fields_[i] = {{PQgetvalue(rows_.get(), row_, place),
                           static_cast<std::size_t>(PQgetlength(rows_.get(), row_, place))},
                          {name_, number_, columns_[i]}};
        }
        return true;
    }

  private:
    /// The next of the results: a row each, and an empty one after the last.
    void fetch() {
        rows_.reset(PQgetResult(connection_.get()));
        row_ = -1;
        if (!rows_)
            return;
        auto const status = PQresultStatus(rows_.get());
        check(status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK);
    }

    void check(bool fine) const {
        if (!fine)
            throw input_error{{name_},
                              fmt::format("{}, correct the query or the address",
                                          label_text(PQerrorMessage(connection_.get()), 300))};
    }

    std::string name_;
    std::unique_ptr<PGconn, finish> connection_;
    result rows_;
    int row_ = -1;
    std::vector<std::string> columns_;
    std::vector<std::size_t> places_;
    std::size_t number_ = 0;
};

}  // namespace

std::unique_ptr<table_cursor> open_postgresql(std::string const& url, std::string const& query,
                                              std::string const& name,
                                              input_table::column_choice const& choose) {
    return std::make_unique<postgresql_cursor>(url, query, name, choose);
}

}  // namespace examples::detail
