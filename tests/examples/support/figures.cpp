// SPDX-License-Identifier: BSL-1.0
#include <support/figures.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

using namespace examples;

TEST_CASE("values and titles have their units") {
    measure const usd{"Revenue", "USD", 2};
    CHECK(axis_title(usd) == "Revenue (USD)");
    CHECK(axis_title({"Accounts"}) == "Accounts");
    CHECK(value_text(usd, 123'456'700) == "1,234,567");
    CHECK(value_text(usd, 123'456'789) == "1,234,567.89");
    CHECK(value_text(usd, -5) == "-0.05");
    CHECK(value_text({"Accounts"}, 1'234) == "1,234");
}

TEST_CASE("an axis has round steps and covers everything") {
    for (std::int64_t const low : {0L, -7L, -12'345L, 3L})
        for (std::int64_t const high : {1L, 3L, 10L, 99L, 100L, 101L, 123'456'789L, 1L << 60})
            if (low <= high) {
                auto const axis = ticks(low, high, 8);
                CHECK(axis.low <= low);
                CHECK(axis.high >= high);
                CHECK(axis.at.front() == axis.low);
                CHECK(axis.at.back() == axis.high);
                CHECK(axis.at.size() <= 10);
                for (auto const at : axis.at)
                    CHECK(at % axis.step == 0);
            }
    CHECK(ticks(0, 10, 5).at == std::vector<std::int64_t>{0, 2, 4, 6, 8, 10});
    CHECK(ticks(0, 2, 5, 100).at == std::vector<std::int64_t>{0, 100});
    CHECK_THROWS_AS((void)ticks(1, 0, 5), std::invalid_argument);
    CHECK_THROWS_AS((void)ticks(0, 1, 5, 0), std::invalid_argument);
}

TEST_CASE("a histogram counts every value once and marks mean and median") {
    auto const drawn =
        histogram("users", "Users", {"Users"}, {"Accounts"}, {1, 2, 2, 7}, "#123456");
    CHECK(counts_whole(drawn));
    CHECK(drawn.categories.front() == "1");
    CHECK(drawn.edges.front() == 1);
    std::vector<std::int64_t> counts;
    for (auto const& value : drawn.series[0].values)
        counts.push_back(*value);
    CHECK(counts == std::vector<std::int64_t>{1, 2, 0, 0, 0, 0, 1});
    REQUIRE(drawn.marks.size() == 2);
    CHECK(drawn.marks[0].at == 3.0);
    CHECK(drawn.marks[0].text == "3");
    CHECK(drawn.marks[1].at == 2.0);
    auto const bars = bars_of(drawn);
    CHECK(bars[0][1].from == 1.5);
    CHECK(bars[0][1].to == 2.5);
    CHECK(bars[0][1].high == 2);
}

TEST_CASE("a histogram of amounts has edges that are round, and exact marks") {
    auto const drawn = histogram("revenue", "Revenue", {"Revenue", "USD", 2}, {"Accounts"},
                                 {-50, 0, 199, 200, 1'000}, "#123456", 100);
    CHECK(!counts_whole(drawn));
    CHECK(drawn.edges.front() == -100);
    std::int64_t sum = 0;
    for (auto const& value : drawn.series[0].values)
        sum += *value;
    CHECK(sum == 5);
    CHECK(drawn.categories.front() == "-1 to 0");
    CHECK(drawn.marks[0].text == "2.70");  // 1349 / 5 = 269.8 cents
    CHECK(drawn.marks[1].text == "1.99");
    CHECK(histogram("a", "a", {"x"}, {"y"}, {1, 2}, "#000000").marks[1].text == "1.5");
}

TEST_CASE("a histogram of nothing is empty") {
    auto const drawn = histogram("a", "a", {"x"}, {"y"}, {}, "#000000");
    CHECK(drawn.categories.empty());
    CHECK(drawn.marks.empty());
    CHECK(bars_of(drawn)[0].empty());
    CHECK_THROWS_AS((void)histogram("a", "a", {"x"}, {"y"}, {}, "#000000", 0),
                    std::invalid_argument);
}

TEST_CASE("bars stand side by side or on each other") {
    bar_figure drawn{.name = "n",
                     .title = "t",
                     .across = {"x"},
                     .value = {"y"},
                     .categories = {"a", "b"},
                     .series = {{"one", "#000000", {1, 2}}, {"two", "#ffffff", {3, std::nullopt}}}};
    auto beside = bars_of(drawn);
    CHECK(beside[0][0].to == doctest::Approx(beside[1][0].from));
    CHECK(beside[1].size() == 1);
    CHECK(beside[1][0].high == 3);
    drawn.stacked = true;
    auto const stacked = bars_of(drawn);
    CHECK(stacked[1][0].low == 1);
    CHECK(stacked[1][0].high == 4);
    CHECK(value_axis(drawn).high >= 4);
    drawn.series[1].values[0] = -3;  // a refund hangs below zero
    CHECK(bars_of(drawn)[1][0].low == -3);
    CHECK(bars_of(drawn)[1][0].high == 0);
    CHECK(value_axis(drawn).low <= -3);
}

TEST_CASE("shades go from orange over white to blue, and texts on them can be read") {
    CHECK(shade_colour(0.0) == "#f7f7f7");
    CHECK(shade_colour(1.0) == "#084582");
    CHECK(shade_colour(-1.0) == "#a64a00");
    CHECK(shade_colour(5.0) == shade_colour(1.0));
    CHECK(shade_colour(std::nullopt) == "#d0d0d0");
    CHECK(text_colour(0.0) == "#000000");
    CHECK(text_colour(1.0) == "#ffffff");
    CHECK(text_colour(-1.0) == "#ffffff");
}

TEST_CASE("correlation") {
    std::vector<double> const a{1, 2, 3, 4};
    CHECK(correlation(a, std::vector<double>{2, 4, 6, 8}) == 1.0);
    CHECK(correlation(a, std::vector<double>{4, 3, 2, 1}) == -1.0);
    CHECK(*correlation(a, std::vector<double>{1, 3, 2, 4}) == doctest::Approx(0.8));
    CHECK(!correlation(a, std::vector<double>{5, 5, 5, 5}));
    CHECK(!correlation({}, {}));
    CHECK_THROWS_AS((void)correlation(a, std::vector<double>{1}), std::invalid_argument);
}
