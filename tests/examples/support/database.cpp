// SPDX-License-Identifier: BSL-1.0
#include <support/database.hpp>
#include <support/input_table.hpp>
#include <support/output.hpp>

#include <scratch.hpp>
#include <small_report.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace examples;

namespace {

constexpr auto written_at = "2024-05-01T10:00:00Z";

relation const& named(std::vector<relation> const& tables, std::string const& name) {
    auto const found = std::ranges::find(tables, name, &relation::name);
    REQUIRE(found != tables.end());
    return *found;
}

}  // namespace

TEST_CASE("a report as tables") {
    auto const tables = relations_of(small_report(), written_at);
    CHECK(tables[0].name == "runs");
    CHECK(tables[0].rows[0][0] == "small");
    CHECK(named(tables, "account_touchpoints").rows.size() == 2);
    auto const& credits = named(tables, "account_credits");
    CHECK(credits.rows.size() == 3);
    CHECK(credits.rows[2] ==
          std::vector<std::optional<std::string>>{"2", "linear", "50.000", "50000"});
    CHECK(named(tables, "by_channel").rows.size() == 5);
    CHECK(named(tables, "by_segment_and_channel").rows.size() == 5);
    CHECK(named(tables, "validation").rows[0][4] == "3 4");
    CHECK(named(tables, "run_inputs").rows[0][1] == "1234");
    CHECK(named(tables, "outcomes").rows.size() == 2);
}

TEST_CASE("tables are complete: a cell for each column, references to earlier tables") {
    std::set<std::string> earlier;
    for (auto const& table : relations_of(small_report(), written_at)) {
        for (auto const& row : table.rows)
            CHECK(row.size() == table.columns.size());
        for (auto const& to : table.references)
            CHECK(earlier.contains(to.table));
        earlier.insert(table.name);
    }
}

TEST_CASE("where a database is") {
    CHECK(is_postgresql("postgresql://host/name"));
    CHECK(is_postgresql("postgres://host/name"));
    CHECK(!is_postgresql("postgresql.sqlite"));
}

TEST_CASE("a run that is not committed leaves nothing") {
    if (!database_refusal("file.sqlite").empty())
        return;
    scratch const place;
    auto const file = (place.directory / "file.sqlite").string();
    auto const tables = relations_of(small_report(), written_at);
    (void)write_run(tables, file, earlier_runs::replace);
    CHECK(!std::filesystem::exists(file));
    write_run(tables, file, earlier_runs::replace)->commit();
    CHECK(std::filesystem::exists(file));
    (void)write_run(tables, file, earlier_runs::replace);
    CHECK(std::filesystem::exists(file));
    CHECK_THROWS_AS((void)write_run(tables, place.directory.string(), earlier_runs::keep),
                    output_error);
}

TEST_CASE("a run waits until another one is written") {
    if (!database_refusal("file.sqlite").empty())
        return;
    scratch const place;
    auto const file = (place.directory / "file.sqlite").string();
    auto const tables = relations_of(small_report(), written_at);
    auto first = write_run(tables, file, earlier_runs::keep);
    auto const other = std::async(std::launch::async, [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        first->commit();
        first.reset();
    });
    write_run(tables, file, earlier_runs::keep)->commit();
}

TEST_CASE("numbers of a table are numbers, whatever their sign") {
    if (!database_refusal("file.sqlite").empty())
        return;
    scratch const place;
    auto const file = (place.directory / "file.sqlite").string();
    auto report = small_report();
    report.tables = {
        {.name = "own",
         .columns = {{"whole", column_kind::integer}, {"part", column_kind::decimal}, {"words"}},
         .rows = {{"+5", "+0.5", "+5"}, {"-5", "-0.5", std::nullopt}}}};
    write_run(relations_of(report, written_at), file, earlier_runs::keep)->commit();
    std::string all;
    reading how;
    input_table{"sqlite:" + file + "?SELECT whole, part, words FROM own ORDER BY number"}.read(
        [](std::vector<std::string> const& header) { return header; },
        [&](std::span<csv_field const> row) {
            for (auto const& field : row)
                all += std::string{field.text} + ' ';
        },
        how);
    CHECK(all == "5 0.5 +5 -5 -0.5  ");
}

TEST_CASE("a run replaces those of its own program") {
    if (!database_refusal("file.sqlite").empty())
        return;
    scratch const place;
    auto const file = (place.directory / "file.sqlite").string();
    auto const write = [&](std::string program, earlier_runs what) {
        auto report = small_report();
        report.program = std::move(program);
        write_run(relations_of(report, written_at), file, what)->commit();
    };
    auto const runs = [&] {
        std::string all;
        reading how;
        input_table{"sqlite:" + file + "?SELECT program FROM runs ORDER BY run_id"}.read(
            [](std::vector<std::string> const& header) { return header; },
            [&](std::span<csv_field const> row) { all += std::string{row[0].text} + ' '; }, how);
        return all;
    };
    write("small", earlier_runs::replace);
    write("another", earlier_runs::replace);
    write("small", earlier_runs::replace);
    CHECK(runs() == "another small ");
    write("small", earlier_runs::keep);
    CHECK(runs() == "another small small ");
    write("small", earlier_runs::replace);
    CHECK(runs() == "another small ");
}

TEST_CASE("a server that does not answer is told without its address") {
    if (!database_refusal("postgresql://x").empty())
        return;
    auto const tables = relations_of(small_report(), written_at);
    try {
        (void)write_run(tables, "postgresql://me:secret@/db?host=/nowhere", earlier_runs::keep);
        CHECK(false);
    } catch (output_error const& error) {
        CHECK(std::string{error.what()}.find("secret") == std::string::npos);
    }
}
