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

class sqlite_cursor : public table_cursor {
  public:
    sqlite_cursor(std::string const& file, std::string const& query, std::string const& name,
                  input_table::column_choice const& choose)
        : name_{name} {
        auto ignored = std::error_code{};
        if (!std::filesystem::exists(file, ignored))
            throw input_error{{file}, "is not there, check the name of the database"};
        sqlite3* opened = nullptr;
        auto const status = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
        database_.reset(opened);
        check(status == SQLITE_OK);
        sqlite3_busy_timeout(opened, 5'000);
        sqlite3_stmt* prepared = nullptr;
        char const* rest = nullptr;
        check(sqlite3_prepare_v2(opened, query.c_str(), static_cast<int>(query.size()), &prepared,
                                 &rest) == SQLITE_OK);
        rows_.reset(prepared);
        if (!trimmed(rest).empty())
            throw input_error{{name}, "has more than one statement, write one"};
        if (sqlite3_bind_parameter_count(prepared) > 0)
            throw input_error{
                {name}, "has a parameter such as ? or :name, which has no value: write the value"};
        std::vector<std::string> header;
        for (int i = 0; i < sqlite3_column_count(prepared); ++i)
            header.emplace_back(sqlite3_column_name(prepared, i));
        columns_ = choose(header);
        places_ = places_of(columns_, header, name);
        fields_.resize(columns_.size());
    }

    bool next() override {
        auto const step = sqlite3_step(rows_.get());
        if (step != SQLITE_ROW) {
            check(step == SQLITE_DONE);
            return false;
        }
        ++number_;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            fields_[i] = {text_of(rows_.get(), static_cast<int>(places_[i])),
                          {name_, number_, columns_[i]}};
            if (fields_[i].text.find('\0') != std::string_view::npos)
                throw input_error{fields_[i].where,
                                  in_quotes(fields_[i].text) +
                                      " has a NUL byte, remove it in the query: replace(" +
                                      columns_[i] + ", char(0), '')"};
            if (first_no_utf8(fields_[i].text) != fields_[i].text.size())
                throw input_error{fields_[i].where, in_quotes(fields_[i].text) +
                                                        " is no text in UTF-8, convert it in the "
                                                        "query"};
        }
        return true;
    }

  private:
    void check(bool fine) const {
        if (!fine)
            throw input_error{{name_},
                              fmt::format("{}, correct the query or its file",
                                          label_text(sqlite3_errmsg(database_.get()), 300))};
    }

    std::string name_;
    std::unique_ptr<sqlite3, close_database> database_;
    std::unique_ptr<sqlite3_stmt, finalize> rows_;
    std::vector<std::string> columns_;
    std::vector<std::size_t> places_;
    std::size_t number_ = 0;
};

}  // namespace

std::unique_ptr<table_cursor> open_sqlite(std::string const& file, std::string const& query,
                                          std::string const& name,
                                          input_table::column_choice const& choose) {
    return std::make_unique<sqlite_cursor>(file, query, name, choose);
}

}  // namespace examples::detail
