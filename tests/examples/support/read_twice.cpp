// SPDX-License-Identifier: BSL-1.0
// What those need who read a table twice instead of keeping it: cursors, and columns that are looked at.
#include <support/amounts.hpp>
#include <support/input_table.hpp>
#include <support/names.hpp>
#include <support/time_format.hpp>

#include <scratch.hpp>

#include <string>
#include <vector>

using namespace examples;

TEST_CASE("rows of two tables side by side, and again") {
    scratch const directory;
    input_table const some{directory.write("a.csv", "x,y\n1,2\n3,4\n").string()};
    input_table const none{directory.write("b.csv", "x,y\n").string()};
    reading how;
    auto const choose = [](std::vector<std::string> const&) {
        return std::vector<std::string>{"y"};
    };
    for (int time = 0; time < 2; ++time) {
        auto const a = some.open(choose, how), b = none.open(choose, how),
                   c = some.open(choose, how);
        CHECK(!b->next());
        REQUIRE(a->next());
        REQUIRE(c->next());
        CHECK(a->fields()[0].text == "2");
        REQUIRE(a->next());
        CHECK(a->fields()[0].text == "4");
        CHECK(a->fields()[0].where.line == 3);
        CHECK(c->fields()[0].text == "2");
        CHECK(!a->next());
    }
}

TEST_CASE("a column of times says its format without keeping it") {
    for (auto const& texts :
         std::vector<std::vector<std::string>>{{},
                                               {"31.05.2024", "01.02.2024"},
                                               {"05/05/2024"},
                                               {"2024-05-31", "2024-05-31T10:00Z"}}) {
        time_column kept{"auto"}, looked_at{"auto", time_column::keeping::nothing};
        for (auto const& text : texts)
            for (auto* const column : {&kept, &looked_at})
                column->add({text, {"touches.csv", 2, "ts"}});
        CHECK(looked_at.format().name() == kept.format().name());
        CHECK(looked_at.size() == texts.size());
        CHECK(looked_at.times().empty());
        CHECK(kept.times().size() == texts.size());
        CHECK(looked_at.whole_days() == kept.whole_days());
    }
    time_column unclear{"auto", time_column::keeping::nothing};
    for (auto const* const text : {"01/02/2024", "05/05/2024"})
        unclear.add({text, {"touches.csv", 2, "ts"}});
    CHECK_THROWS_WITH_AS(static_cast<void>(unclear.format()), doctest::Contains("may be"),
                         input_error);
}

TEST_CASE("how many decimals fit, amount by amount") {
    amount_sum sum;
    CHECK(sum.decimals() == most_decimals);
    sum.add(wide_integer{5'000'000'000} * units_of_one(most_decimals), {"a.csv", 2, "x"});
    CHECK(sum.decimals() == 8);
    sum.add(wide_integer{-5'000'000'000} * units_of_one(most_decimals), {"a.csv", 3, "x"});
    CHECK(sum.decimals() == 7);
    CHECK_THROWS_WITH_AS(sum.add(wide_integer{9'999'999'999'999'999} * units_of_one(most_decimals),
                                 {"a.csv", 4, "x"}),
                         doctest::Contains("a.csv:4: column 'x': with this row"), input_error);
}

TEST_CASE("names are counted in the order in which they came") {
    name_counts counts;
    for (auto const* const name : {"b", "a", "b", ""})
        counts.add(name);
    REQUIRE(counts.lines().size() == 3);
    CHECK(counts.lines()[0].name == "b");
    CHECK(counts.lines()[0].count == 2);
    CHECK(counts.lines()[2].name.empty());
    for (auto const* const name : {"A", "A"})
        counts.add(name);
    auto const usual = usual_spellings(counts);
    CHECK(std::ranges::count(usual, "A") == 1);
    CHECK(std::ranges::count(usual, "a") == 0);
}
