// SPDX-License-Identifier: BSL-1.0
#include <support/comparison_figure.hpp>

#include <small_report.hpp>

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <string>
#include <vector>

TEST_CASE("channels by the chosen model, what nobody earned last") {
    auto const drawn = examples::comparison_figure(small_report(), "n", "t");
    CHECK(drawn.categories == std::vector<std::string>{"search", "<b>podcast</b>", "unattributed"});
    CHECK(drawn.value.title == "Revenue");
    CHECK(drawn.value.unit == "USD");
    CHECK(drawn.series[0].name == "first touch");
    CHECK(drawn.series[0].colour == "#009e73");
    CHECK(drawn.series[0].values[0] == 10'000);
    CHECK(!drawn.series[0].values[1]);
    CHECK(drawn.note.empty());
}

TEST_CASE("very many channels are cut, and it is said") {
    auto report = small_report();
    for (int i = 0; i < 40; ++i)
        report.compared.lines.push_back({fmt::format("c{}", i), true, {i, i}});
    auto const drawn = examples::comparison_figure(report, "n", "t");
    CHECK(drawn.categories.size() == 31);
    CHECK(drawn.categories.back() == "unattributed");
    CHECK(drawn.note == "The 30 largest of 42 channels.");
}
