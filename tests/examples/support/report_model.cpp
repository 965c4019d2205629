// SPDX-License-Identifier: BSL-1.0
#include <support/report_model.hpp>

#include <small_report.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
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
