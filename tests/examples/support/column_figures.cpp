// SPDX-License-Identifier: BSL-1.0
#include <support/column_figures.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

using namespace examples;

TEST_CASE("column_figures: what occurs most often, and how many are left out") {
    auto const drawn = frequency_figure({"often", "How often", "", "Thing", "Times"}, "things",
                                        {{"a", 1}, {"b", 3}, {"c", 3}, {"d", 2}}, 3);
    CHECK(drawn.categories == std::vector<std::string>{"b", "c", "d"});
    CHECK(drawn.series[0].values == std::vector<std::optional<std::int64_t>>{3, 3, 2});
    CHECK(drawn.note == "The first 3 of 4 things.");
    CHECK(drawn.title == "How often");
    CHECK(drawn.across.title == "Thing");
    CHECK(drawn.value.title == "Times");
    CHECK(frequency_figure({"all"}, "things", {{"a", 1}}, 1).note.empty());
    CHECK(frequency_figure({"none"}, "things", {}).categories.empty());
    std::vector<std::string> const words{"a", "bb", "a"};
    CHECK(frequencies_of({"words"}, "words", words, std::identity{}).categories ==
          std::vector<std::string>{"a", "bb"});
}

TEST_CASE("column_figures: how columns go together") {
    auto const drawn =
        correlation_figure({"together"}, {{"a", {1, 2, 3}}, {"b", {3, 2, 1}}, {"c", {5, 5, 5}}});
    CHECK(drawn.rows == std::vector<std::string>{"a", "b", "c"});
    CHECK(drawn.columns == drawn.rows);
    CHECK(drawn.texts == std::vector<std::vector<std::string>>{
                             {"+1.00", "-1.00", "–"}, {"-1.00", "+1.00", "–"}, {"–", "–", "–"}});
    CHECK(!drawn.shades[2][0]);
    CHECK(correlation_figure({"empty"}, {{"a", {}}, {"b", {}}}).rows.empty());
    CHECK(correlation_figure({"none"}, {}).rows.empty());
}

TEST_CASE("column_figures: how numbers of records go together") {
    std::vector<std::string> const words{"a", "bb", "ccc"};
    auto const length = [](std::string const& one) { return static_cast<double>(one.size()); };
    auto const drawn = correlations_of<std::string>(
        {"together", "", "A note."}, words,
        {{"long", length}, {"short", [&](std::string const& one) { return -length(one); }}});
    CHECK(drawn.rows == std::vector<std::string>{"long", "short"});
    CHECK(drawn.texts[0][1] == "-1.00");
    CHECK(drawn.note == "A note.");
}

TEST_CASE("column_figures: no correlation is no minus zero") {
    auto const drawn = correlation_figure({"none"}, {{"a", {1, 2, 1, 2}}, {"b", {1, 1, 2, 2}}});
    CHECK(drawn.texts[0][1] == "0.00");
}

TEST_CASE("column_figures: a histogram of records") {
    std::vector<std::string> const words{"a", "bb", "cc"};
    auto const drawn =
        histogram_of({"lengths", "Lengths", "Of all.", "Letters", "Words"}, words,
                     [](std::string const& one) { return std::ssize(one); }, {"", "cm", 0});
    CHECK(drawn.name == "lengths");
    CHECK(drawn.note == "Of all.");
    CHECK(drawn.across.title == "Letters");
    CHECK(drawn.across.unit == "cm");
    CHECK(drawn.value.title == "Words");
    CHECK(drawn.series[0].values == std::vector<std::optional<std::int64_t>>{1, 2});
    CHECK(drawn.marks[1].text == "2");
    figure_text text{"lengths"};
    text.counted = "letters";
    auto const size = [](std::string const& one) { return std::ssize(one); };
    CHECK(histogram_of(text, words, size).marks[1].text == "2 letters");
}
