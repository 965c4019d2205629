// SPDX-License-Identifier: BSL-1.0
#include <support/report_tables.hpp>

#include <support/database.hpp>
#include <support/page.hpp>
#include <support/report_program.hpp>
#include <support/written_summary.hpp>

#include <own_report.hpp>
#include <scratch.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace examples;

namespace {

constexpr page_assets without_charts{"body{}", "", "start()"};

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

relation const& named(std::vector<relation> const& tables, std::string const& name) {
    auto const found = std::ranges::find(tables, name, &relation::name);
    REQUIRE(found != tables.end());
    return *found;
}

/// What check_tables says about a report with one thing changed.
template <class Change>
std::string refusal(Change change) {
    auto report = own_report();
    change(report);
    try {
        check_tables(report);
    } catch (std::invalid_argument const& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("a table is a CSV file, cells as they are") {
    scratch const place;
    output_directory out{place.directory / "out"};
    auto report = own_report();
    report.tables[0].rows.push_back({std::nullopt, "+3", std::nullopt, "+0.5", {}, {}});
    CHECK(write_tables(report, out) == std::vector<std::string>{"by_value.csv", "customers.csv"});
    out.commit();
    CHECK(place.read("out/by_value.csv") ==
          "segment,customers,revenue,share,first_day,last_at\n"
          "\"High, <most>\",1018,-411234.50,20.0001,2018-01-02,2018-01-02T03:04:05Z\n"
          "Low,12,,,,\n"
          ",+3,,+0.5,,\n");
    CHECK(place.read("out/customers.csv") == "id\na\n\"\"\n");
}

TEST_CASE("cells for people") {
    CHECK(cell_text(column_kind::amount, "-411234.50") == "-411,234.50");
    CHECK(cell_text(column_kind::integer, "+1234567") == "+1,234,567");
    CHECK(cell_text(column_kind::decimal, "-123.4567") == "-123.4567");
    CHECK(cell_text(column_kind::text, "1234567") == "1234567");
    CHECK(cell_text(column_kind::date, "2018-01-02") == "2018-01-02");
    CHECK(cell_text(column_kind::time, "2018-01-02T03:04:05Z") == "2018-01-02 03:04:05");
    CHECK(cell_text(column_kind::time, std::nullopt).empty());
}

TEST_CASE("a cell that is not what its column holds is refused by name") {
    auto const with_cell = [](std::size_t column, std::string cell) {
        return refusal([&](report_model& report) { report.tables[0].rows[1][column] = cell; });
    };
    CHECK(refusal([](report_model&) {}).empty());
    CHECK(with_cell(1, "1.5") ==
          "table 'by_value': row 2, column 'customers': '1.5' is no whole number");
    CHECK(contains(with_cell(1, ""), "is no whole number"));
    for (auto const* const bad : {"1e5", "1,000.00", "1.", ".5", "-", "nan", "1.2.3"})
        CHECK(contains(with_cell(2, bad), "column 'revenue'"));
    CHECK(contains(with_cell(4, "2018-1-2"), "is no date like 2024-05-01"));
    CHECK(contains(with_cell(5, "2018-01-02 03:04:05"), "is no time like"));
    CHECK(with_cell(2, "-0.5").empty());
}

TEST_CASE("a report that does not fit together is refused") {
    CHECK(contains(refusal([](report_model& report) { report.tables[0].rows[0].pop_back(); }),
                   "row 1 has 5 cells for 6 columns"));
    CHECK(contains(refusal([](report_model& report) { report.tables[1].name = "by_value"; }),
                   "used twice"));
    CHECK(
        contains(refusal([](report_model& report) { report.tables[0].columns[1].name = "share"; }),
                 "the column name 'share' is empty or used twice"));
    for (auto const* const taken : {"number", "run_id"})
        CHECK(contains(
            refusal([&](report_model& report) { report.tables[0].columns[1].name = taken; }),
            "the database"));
    CHECK(contains(refusal([](report_model& report) { report.tables[1].columns.clear(); }),
                   "it has no columns"));
    CHECK(contains(refusal([](report_model& report) { report.sections = {"Value"}; }),
                   "'score_by_days' stands in the section 'Retention <1>'"));
    CHECK(contains(refusal([](report_model& report) { report.tables[0].section = "Vlaue"; }),
                   "'by_value' stands in the section 'Vlaue'"));
}

TEST_CASE("tables for the terminal") {
    auto const text = table_text(own_report().tables[0], 1);
    CHECK(text ==
          "Customers by value\n\n"
          "Segment       customers  Revenue (BRL)    share   first day  last at\n"
          "------------  ---------  -------------  -------  ----------  -------------------\n"
          "High, <most>      1,018    -411,234.50  20.0001  2018-01-02  2018-01-02 03:04:05\n"
          "the first 1 of 2 rows; by_value.csv has them all\n");
    CHECK(contains(key_figures_text(own_report().key_figures), "Customers    93,358"));
}

TEST_CASE("a report without models is tables and checks in the database") {
    auto const tables = relations_of(own_report(), "2024-05-01T10:00:00Z");
    std::vector<std::string> names;
    for (auto const& table : tables)
        names.push_back(table.name);
    CHECK(names == std::vector<std::string>{"runs", "run_options", "run_inputs", "validation",
                                            "outcomes", "key_figures", "by_value", "customers"});
    auto const& own = named(tables, "by_value");
    CHECK(own.columns[0].name == "number");
    CHECK(own.columns[3].type == column_kind::amount);
    CHECK(own.rows[1][0] == "2");
    CHECK(own.rows[1][1] == "Low");
    CHECK(!own.rows[1][3]);
    auto clash = own_report();
    clash.tables[0].name = "validation";
    CHECK_THROWS_AS((void)relations_of(clash, ""), std::invalid_argument);
}

TEST_CASE("a report without models is written into a database") {
    if (!database_refusal("file.sqlite").empty())
        return;
    scratch const place;
    auto const file = (place.directory / "file.sqlite").string();
    write_run(relations_of(own_report(), "2024-05-01T10:00:00Z"), file, earlier_runs::replace)
        ->commit();
    CHECK(std::filesystem::file_size(file) > 0);
}

TEST_CASE("the page has the sections in their order, and no word of attribution") {
    auto const page = page_html(own_report(), without_charts);
    CHECK(contains(page, "<li><a href=\"#overview\">Overview</a></li><li><a "
                         "href=\"#section-1\">Value</a></li><li><a "
                         "href=\"#section-2\">Retention &lt;1&gt;</a></li><li><a "
                         "href=\"#method\">Method</a></li></ul>"));
    for (auto const* const word : {"id=\"comparison\"", "id=\"paths\"", "Unattributed", "credit"})
        CHECK(!contains(page, word));
    auto const at = [&](std::string_view text) {
        auto const found = page.find(text);
        REQUIRE(found != page.npos);
        return found;
    };
    CHECK(at("<dt>Customers</dt><dd>93,358<small>of 96,478 orders</small></dd>") <
          at("id=\"section-1\""));
    CHECK(at("id=\"section-1\"") < at("id=\"figure-revenue_by_month\""));
    CHECK(at("id=\"figure-revenue_by_month\"") < at("Thresholds are quintiles."));
    CHECK(at("Thresholds are quintiles.") < at("id=\"section-2\""));
    CHECK(at("id=\"section-2\"") < at("<dt>Repeat rate</dt><dd>3.0 %</dd>"));
    CHECK(contains(page, "<th scope=\"row\">High, &lt;most&gt;</th><td class=\"num\">1,018</td><td "
                         "class=\"num\">-411,234.50</td>"));
    CHECK(contains(page, "<th scope=\"col\">last at</th>"));
    CHECK(!contains(page, "<caption>customers</caption>"));
}

TEST_CASE("the summary names key figures and tables") {
    auto const text = written_summary(own_report());
    CHECK(contains(text, "## Key figures\n\n- **Customers**: 93,358 (of 96,478 orders)\n"));
    CHECK(contains(text, "## Retention \\<1\\>\n\n- **Repeat rate**: 3.0 %\n"));
    CHECK(contains(text, "- **Customers by value**: 2 rows, by_value.csv"));
    CHECK(!contains(text, "credit"));
    CHECK(!contains(text, "model"));
}

TEST_CASE("the run for programs has the key figures and the tables") {
    auto const json = nlohmann::json::parse(report_json(own_report(), {}, {}));
    CHECK(!json.contains("models"));
    CHECK(json["key_figures"][0]["value"] == "93,358");
    CHECK(json["tables"][0]["table"] == "by_value");
    CHECK(json["tables"][0]["values"][1][1] == "12");
    CHECK(json["tables"][0]["values"][1][2].is_null());
    CHECK(json["tables"][0]["columns"][5] == "last_at");
    CHECK(json["tables"][1]["file"] == "customers.csv");
    CHECK(json["tables"][1]["rows"] == 2);
    auto longer = own_report();
    longer.tables[1].rows.resize(1'000, {std::nullopt});
    CHECK(nlohmann::json::parse(report_json(longer, {}, {}))["tables"][1]["values"].size() ==
          1'000);
    longer.tables[1].rows.resize(1'001, {std::nullopt});
    CHECK(!nlohmann::json::parse(report_json(longer, {}, {}))["tables"][1].contains("values"));
}
