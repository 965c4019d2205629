// SPDX-License-Identifier: BSL-1.0
// The library against the same question in SQL, on many data sets, row by row.
#include "differential/worlds.hpp"

#include <doctest/doctest.h>

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct close_database {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class database {
  public:
    database() {
        sqlite3* opened = nullptr;
        check(sqlite3_open(":memory:", &opened));
        database_.reset(opened);
    }

    void run(std::string const& sql) {
        check(sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr));
    }

    /// The rows of a query, their cells as text.
    std::vector<std::vector<std::string>> rows(std::string const& sql) {
        sqlite3_stmt* prepared = nullptr;
        check(sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &prepared, nullptr));
        std::unique_ptr<sqlite3_stmt, finalize> const query{prepared};
        std::vector<std::vector<std::string>> found;
        auto status = sqlite3_step(prepared);
        for (; status == SQLITE_ROW; status = sqlite3_step(prepared)) {
            auto& row = found.emplace_back();
            for (int i = 0; i < sqlite3_column_count(prepared); ++i) {
                auto const* const cell = sqlite3_column_text(prepared, i);
                row.emplace_back(cell ? reinterpret_cast<char const*>(cell) : "NULL");
            }
        }
        if (status != SQLITE_DONE)
            check(status);
        return found;
    }

  private:
    void check(int status) const {
        if (status != SQLITE_OK)
            throw std::runtime_error{database_ ? sqlite3_errmsg(database_.get()) : "no database"};
    }

    std::unique_ptr<sqlite3, close_database> database_;
};

std::string question() {
    std::ifstream file{DIFFERENTIAL_SQL};
    REQUIRE(file.is_open());
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::uint64_t number_in(char const* variable, std::uint64_t otherwise) {
    auto const* const given = std::getenv(variable);
    return given != nullptr ? std::strtoull(given, nullptr, 10) : otherwise;
}

/// How many rows both have; a row that only one of them has fails the test.
std::size_t compare(database& data, std::string const& ours, std::string const& theirs) {
    auto const only = [&](std::string const& one, std::string const& other) {
        return data.rows("SELECT * FROM (SELECT * FROM " + one + " EXCEPT SELECT * FROM " + other +
                         ") ORDER BY 1, 2, 3, 4 LIMIT 20");
    };
    auto const count = [&](std::string const& table) {
        return std::stoul(data.rows("SELECT count(*) FROM " + table)[0][0]);
    };
    auto const list = [](std::string_view who, auto const& rows) {
        std::string text;
        for (auto const& row : rows) {
            text += std::string{who} + ':';
            for (auto const& cell : row)
                text += ' ' + cell;
            text += '\n';
        }
        return text;
    };
    auto const ours_only = only(ours, theirs);
    auto const theirs_only = only(theirs, ours);
    CHECK(count(ours) == count(theirs));  // EXCEPT does not see rows that are there twice
    if (ours_only.empty() && theirs_only.empty())
        return count(ours);
    auto const seed = (ours_only.empty() ? theirs_only : ours_only)[0][0];
    auto const file = "differential_" + seed + ".sql";
    std::ofstream{file} << question() << differential::world_as_sql(std::stoull(seed));
    FAIL_CHECK("world, model, ...:\n"
               << list("library", ours_only) << list("SQL", theirs_only) << "Look at world " << seed
               << " with `sqlite3 -init " << file
               << "`, run this test for it alone with ATTRIBUTION_SEED=" << seed);
    return 0;
}

/// Kinds of credits that must be among those compared.
std::vector<std::string> const kinds{"touchpoint IS NULL", "cents < 0", "cents = 0",
                                     "abs(cents) > 1000000000000", "model = 'time_decay'"};

}  // namespace

TEST_CASE("the library and SQL answer the pipeline's question with the same rows") {
    auto const only = number_in("ATTRIBUTION_SEED", 0);
    auto const worlds = only != 0 ? 1 : number_in("ATTRIBUTION_WORLDS", 2'000);
    auto const first = only != 0 ? only : 1;
    constexpr std::uint64_t at_a_time = 50;  // SQLite's time grows faster than they do
    std::size_t credits = 0;
    std::size_t lines = 0;
    std::vector<std::size_t> seen(kinds.size(), 0);
    for (auto begin = first; begin < first + worlds; begin += at_a_time) {
        database data;
        data.run(question());
        for (auto seed = begin; seed < std::min(begin + at_a_time, first + worlds); ++seed)
            data.run(differential::world_as_sql(seed));
        data.run("CREATE TABLE sql_ledger AS SELECT * FROM ledger;"
                 "CREATE TABLE sql_report AS SELECT * FROM report");
        credits += compare(data, "library_ledger", "sql_ledger");
        lines += compare(data, "library_report", "sql_report");
        for (std::size_t i = 0; i < kinds.size(); ++i)
            seen[i] +=
                std::stoul(data.rows("SELECT count(*) FROM sql_ledger WHERE " + kinds[i])[0][0]);
    }
    MESSAGE(worlds << " data sets, " << credits << " credits, " << lines << " lines of reports");
    for (std::size_t i = 0; i < kinds.size() && only == 0; ++i) {
        INFO(kinds[i]);
        CHECK(seen[i] > 100);
    }
}
