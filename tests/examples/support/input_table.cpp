// SPDX-License-Identifier: BSL-1.0
#include <support/input_table.hpp>

#include <scratch.hpp>

#include <span>
#include <string>
#include <vector>

using namespace examples;

TEST_CASE("the rows of a CSV file, by columns that are chosen from its header") {
    scratch const directory;
    auto const file = directory.write("a.csv", "x;y;z\n1;2;3\n4;\"5;\";6\n");
    input_table const table{file.string()};
    reading how;
    std::vector<std::string> found;
    table.read(
        [](std::vector<std::string> const& header) {
            CHECK(header == std::vector<std::string>{"x", "y", "z"});
            return std::vector{header[2], header[1]};
        },
        [&](std::span<csv_field const> row) {
            for (auto const& field : row)
                found.emplace_back(field.text);
            CHECK(row[1].where.column == "y");
        },
        how);
    CHECK(found == std::vector<std::string>{"3", "2", "6", "5;"});
    CHECK(how.separators == std::vector<std::string>{"a.csv has semicolons"});
    REQUIRE(table.files().size() == 1);
    CHECK(table.files()[0].name == "a.csv");
    CHECK(table.files()[0].bytes == 21);
}

TEST_CASE("a separator that is named wins") {
    scratch const directory;
    auto const file = directory.write("a.csv", "x,y|z\n1,2|3\n");
    reading how{.separator = '|'};
    input_table{file.string()}.read(
        [](std::vector<std::string> const& header) {
            CHECK(header == std::vector<std::string>{"x,y", "z"});
            return std::vector<std::string>{};
        },
        [](std::span<csv_field const> row) { CHECK(row.empty()); }, how);
}

TEST_CASE("queries, and passwords that nobody is to see") {
    CHECK_THROWS_WITH_AS(input_table{"sqlite:a.db"}, doctest::Contains("needs a query"),
                         input_error);
    CHECK_THROWS_WITH_AS(input_table{"postgresql://u:secret@h/d?sslmode=off"},
                         "postgresql://u@h/d?sslmode=off: needs a query after a question mark, as "
                         "in 'postgresql://server/shop?SELECT * FROM orders'",
                         input_error);
    CHECK(input_table{"postgresql://u:p@h/d?sslmode=off?SELECT 1"}.name() ==
          "query of postgresql://u@h/d?sslmode=off");
    CHECK(without_password("x = \"postgres://u:p@h/d\", postgresql://h/d") ==
          "x = \"postgres://u@h/d\", postgresql://h/d");
}

TEST_CASE("columns of a query that are not there once") {
    CHECK(detail::places_of({"b", "a"}, {"a", "b"}, "t") == std::vector<std::size_t>{1, 0});
    CHECK_THROWS_WITH_AS(static_cast<void>(detail::places_of({"c"}, {"a", "b"}, "t")),
                         "t: column 'c': is not there, only a, b", input_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(detail::places_of({"a"}, {"a", "a"}, "t")),
                         doctest::Contains("more than once"), input_error);
}
