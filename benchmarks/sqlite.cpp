// SPDX-License-Identifier: BSL-1.0
// Task T in SQLite: tables in memory with the index that each query wants, several forms of each
// query; loading is not timed.
#include "harness.hpp"

#include <sqlite3.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace harness {

namespace {

struct close_database {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct finalise_statement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using statement = std::unique_ptr<sqlite3_stmt, finalise_statement>;

class database {
  public:
    explicit database(workload::data const& data) {
        sqlite3* opened = nullptr;
        auto const code = sqlite3_open(":memory:", &opened);
        handle_.reset(opened);
        expect(code, SQLITE_OK);
        // A customer's times are distinct: (customer, at) names a row, and the table is its index.
        execute("CREATE TABLE touches (customer INTEGER, at INTEGER, channel INTEGER, "
                "PRIMARY KEY (customer, at)) WITHOUT ROWID");
        execute("CREATE TABLE sales (customer INTEGER, at INTEGER, value REAL, "
                "PRIMARY KEY (customer, at)) WITHOUT ROWID");
        execute("BEGIN");
        auto const& touches = data.touches;
        fill("INSERT INTO touches VALUES (?, ?, ?)", touches.at.size(),
             [&](sqlite3_stmt* row, std::size_t i) {
                 sqlite3_bind_int64(row, 1, touches.customer[i]);
                 sqlite3_bind_int64(row, 2, touches.at[i]);
                 sqlite3_bind_int64(row, 3, touches.channel[i]);
             });
        auto const& sales = data.sales;
        fill("INSERT INTO sales VALUES (?, ?, ?)", sales.at.size(),
             [&](sqlite3_stmt* row, std::size_t i) {
                 sqlite3_bind_int64(row, 1, sales.customer[i]);
                 sqlite3_bind_int64(row, 2, sales.at[i]);
                 sqlite3_bind_double(row, 3, sales.value[i]);
             });
        execute("COMMIT");
        execute("ANALYZE");
    }

    /// Rows of (channel or NULL, amount).
    amounts credited(std::string const& query) {
        amounts result{};
        auto const rows = prepare(query);
        int code = SQLITE_ROW;
        while ((code = sqlite3_step(rows.get())) == SQLITE_ROW) {
            bool const earned = sqlite3_column_type(rows.get(), 0) != SQLITE_NULL;
            auto const channel =
                earned ? sqlite3_column_int64(rows.get(), 0) : std::int64_t{workload::channels};
            result.at(static_cast<std::size_t>(channel)) = sqlite3_column_double(rows.get(), 1);
        }
        expect(code, SQLITE_DONE);
        return result;
    }

  private:
    void expect(int code, int wanted) const {
        if (code != wanted)
            throw std::runtime_error{std::string{"SQLite: "} + sqlite3_errmsg(handle_.get())};
    }

    statement prepare(std::string const& text) const {
        sqlite3_stmt* prepared = nullptr;
        expect(sqlite3_prepare_v2(handle_.get(), text.c_str(), -1, &prepared, nullptr), SQLITE_OK);
        return statement{prepared};
    }

    void execute(std::string const& text) const {
        auto const prepared = prepare(text);
        int code = SQLITE_ROW;
        while (code == SQLITE_ROW)
            code = sqlite3_step(prepared.get());
        expect(code, SQLITE_DONE);
    }

    template <class Bind>
    void fill(std::string const& text, std::size_t size, Bind bind) const {
        auto const row = prepare(text);
        for (std::size_t i = 0; i < size; ++i) {
            bind(row.get(), i);
            expect(sqlite3_step(row.get()), SQLITE_DONE);
            sqlite3_reset(row.get());
        }
    }

    std::unique_ptr<sqlite3, close_database> handle_;
};

/// The channel of the touchpoint that stands first in this order of time.
std::string nearest(char const* direction) {
    return std::string{"SELECT channel, sum(value) FROM (SELECT value, (SELECT channel FROM "
                       "touches t WHERE t.customer = s.customer AND t.at BETWEEN s.at - 7776000 "
                       "AND s.at ORDER BY t.at "} +
           direction + " LIMIT 1) AS channel FROM sales s) GROUP BY channel";
}

/// The same by its time, the min or max in the window.
std::string extreme(char const* which) {
    return std::string{
               "SELECT t.channel, sum(s.value) FROM (SELECT customer, at, value, (SELECT "} +
           which +
           "(t.at) FROM touches t WHERE t.customer = s.customer AND t.at BETWEEN s.at - 7776000 "
           "AND s.at) AS touched FROM sales s) s LEFT JOIN touches t ON t.customer = s.customer "
           "AND t.at = s.touched GROUP BY t.channel";
}

constexpr char const* pairs =
    "sales s JOIN touches t ON t.customer = s.customer AND t.at BETWEEN s.at - 7776000 AND s.at";

constexpr char const* nobody =
    " UNION ALL SELECT NULL, sum(value) FROM sales s WHERE NOT EXISTS (SELECT 1 FROM touches t "
    "WHERE t.customer = s.customer AND t.at BETWEEN s.at - 7776000 AND s.at)";

/// `weight` of each pair over the sum of the weights in its window, told by a window function.
std::string by_window(std::string const& weight) {
    return "SELECT channel, sum(value * weight / total) FROM (SELECT channel, value, weight, "
           "sum(weight) OVER (PARTITION BY customer, converted) AS total FROM (SELECT t.channel, "
           "s.value, s.customer, s.at AS converted, " +
           weight + " AS weight FROM " + pairs + ")) GROUP BY channel" + nobody;
}

/// The same with the sums of a query of their own, which follows the order of the tables.
std::string by_total(std::string const& weight) {
    return "WITH totals AS MATERIALIZED (SELECT s.customer, s.at, s.value, sum(" + weight +
           ") AS total FROM " + pairs +
           " GROUP BY s.customer, s.at) SELECT t.channel, sum(s.value / s.total * " + weight +
           ") FROM totals s JOIN touches t ON t.customer = s.customer AND t.at BETWEEN s.at - "
           "7776000 AND s.at GROUP BY t.channel" +
           nobody;
}

std::string positions() {
    return "SELECT channel, sum(value * CASE WHEN n = 1 THEN 1.0 WHEN n = 2 THEN 0.5 WHEN i = 1 OR "
           "i = n THEN 0.4 ELSE 0.2 / (n - 2) END) FROM (SELECT t.channel, s.value, row_number() "
           "OVER (PARTITION BY s.customer, s.at ORDER BY t.at) AS i, count(*) OVER (PARTITION BY "
           "s.customer, s.at) AS n FROM " +
           std::string{pairs} + ") GROUP BY channel" + nobody;
}

database& loaded(workload::data const& data) {
    static std::map<workload::plan, database> known;
    auto const found = known.find(data.made_by());
    return found != known.end() ? found->second : known.emplace(data.made_by(), data).first->second;
}

}  // namespace

void add_sqlite(std::size_t touches) {
    std::string const power = "pow(2.0, -(s.at - t.at) / 604800.0)";
    std::pair<model, std::string> const forms[]{
        {model::first, nearest("ASC")},       {model::first, extreme("min")},
        {model::last, nearest("DESC")},       {model::last, extreme("max")},
        {model::linear, by_window("1.0")},    {model::linear, by_total("1.0")},
        {model::position, positions()},       {model::time_decay, by_window(power)},
        {model::time_decay, by_total(power)},
    };
    std::map<model, int> number;
    for (auto const& [which, query] : forms)
        add({"sqlite",
             reference::name_of(which) + std::string{"_"} + std::to_string(++number[which]),
             {touches, order::sorted}},
            {which}, [query = query](workload::data const& data) {
                return std::vector{loaded(data).credited(query)};
            });
}

}  // namespace harness
