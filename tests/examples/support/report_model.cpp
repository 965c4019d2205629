// SPDX-License-Identifier: BSL-1.0
#include <support/report_model.hpp>

#include <support/advice.hpp>
#include <support/written_summary.hpp>

#include <small_report.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace examples;

TEST_CASE("percent") {
    CHECK(percent_text(1, 3) == "33.3 %");
    CHECK(percent_text(1, 2000) == "0.1 %");  // 0.05 rounds up
    CHECK(percent_text(-1, 2) == "-50.0 %");
    CHECK(percent_text(-1, 100'000) == "0.0 %");
    CHECK(percent_text(5, 0) == "0.0 %");
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    CHECK(percent_text(most, most) == "100.0 %");
    CHECK(percent_text(1, std::numeric_limits<std::int64_t>::min()) == "0.0 %");
}

TEST_CASE("the comparison for the terminal") {
    auto const report = small_report();
    CHECK(comparison_text(report.compared, report.models) ==
          "channel         first touch  linear\n"
          "--------------  -----------  ------\n"
          "search               100.00   50.00\n"
          "<b>podcast</b>                50.00\n"
          "unattributed          20.50   20.50\n"
          "total                120.50  120.50\n");
}

TEST_CASE("cents of a path add up to its value") {
    auto report = small_report();
    report.paths[0].units = 10'000;
    for (auto& step : report.paths[0].steps)
        step.units = {std::nullopt, 5'005};
    using cents = std::vector<std::optional<std::int64_t>>;
    CHECK(path_cents(report, report.paths[0], 1) == cents{501, 500});
    CHECK(path_cents(report, report.paths[0], 0) == cents{std::nullopt, std::nullopt});
    CHECK(to_cents(report, 5'005) == 501);
    CHECK(to_cents(report, -5'005) == -501);
}

TEST_CASE("groups in order, the largest first, what nobody earned last") {
    auto const lines = by_group_cents(small_report());
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].group == "big");
    CHECK(lines[2].group == "small");
    CHECK(!lines[2].attributed);
    CHECK(lines[2].cents[0] == 2'050);
    CHECK(!lines[0].cents[0].has_value() != !lines[1].cents[0].has_value());
}

TEST_CASE("the headline of a model") {
    auto const facts = facts_of(small_report(), 0);
    CHECK(facts.total == 12'050);
    CHECK(facts.credited == 10'000);
    CHECK(facts.largest == "search");
    CHECK(facts.second.empty());
    CHECK(facts.unattributed_conversions == 1);
    CHECK(facts_of(small_report(), 1).second == "<b>podcast</b>");
}

TEST_CASE("a channel without a name can be the largest, and is called something") {
    auto report = small_report();
    report.compared.lines.front().name.clear();
    auto const facts = facts_of(report, 0);
    CHECK(facts.largest == "(without a name)");
    CHECK(facts.largest_cents == 10'000);
    CHECK(facts.second.empty());
    for (auto const& said : {advice_of(report).at(1), written_summary(report)})
        CHECK(said.find("(without a name)") != said.npos);
}

TEST_CASE("what nobody earned is rounded alike whatever the channels get") {
    // 0.356447 stays unattributed by both models; the total is 10.8320.
    auto const first = column_cents({{10'475'576, true}, {356'447, false}}, 10'000);
    auto const other =
        column_cents({{5'004'999, true}, {356'447, false}, {5'470'577, true}}, 10'000);
    CHECK(first == std::vector<std::int64_t>{1'047, 36});
    CHECK(other == std::vector<std::int64_t>{500, 36, 547});
    CHECK(column_cents({{5, true}, {5, true}, {5, true}}, 10) ==
          std::vector<std::int64_t>{1, 1, 0});
    CHECK(column_cents({{7, false}}, 1) == std::vector<std::int64_t>{7});
    CHECK(column_cents({}, 10).empty());
    // A refund: -1.0 and 0.5 are -0.5, which is -1 rounded, but -1 and 1 are not.
    CHECK(column_cents({{-10, true}, {5, false}}, 10) == std::vector<std::int64_t>{-1, 0});
    CHECK_THROWS_AS((void)column_cents({}, 0), std::invalid_argument);
}

TEST_CASE("rounded columns add up, and no line is a hundredth off") {
    std::uint64_t state = 1;
    auto const next = [&](std::int64_t below) {
        state = state * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
        return static_cast<std::int64_t>((state >> 33) % static_cast<std::uint64_t>(below));
    };
    for (int world = 0; world < 20'000; ++world) {
        std::vector<unit_line> lines;
        std::int64_t total = 0;
        for (auto count = next(6); count >= 0; --count) {
            lines.push_back({next(60) - 20, next(3) > 0});
            total += lines.back().units;
        }
        auto const cents = column_cents(lines, 10);
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            sum += cents[i];
            CHECK(std::abs(cents[i] * 10 - lines[i].units) < 10);
        }
        CHECK(sum == (total < 0 ? -((-total + 5) / 10) : (total + 5) / 10));
    }
}
