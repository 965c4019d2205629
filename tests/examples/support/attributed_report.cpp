// SPDX-License-Identifier: BSL-1.0
#include <support/attributed_report.hpp>

#include <scratch.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;
using examples::cells;
using namespace date::literals;

namespace {

struct touch {
    std::string who, channel;
    examples::instant at;
};
struct sale {
    std::string name, who;
    examples::instant at;
    std::int64_t cents;
};

examples::instant day(unsigned number) {
    return date::sys_days{2024_y / 5 / date::day{number}};
}

auto const described = examples::described_records<sale, touch>{
    .conversion = {{{"sale_id"}}, [](sale const& one) { return cells(one.name); }},
    .touchpoint = {{{"channel_name"}}, [](touch const& one) { return cells(one.channel); }},
    .path =
        [](sale const& one) { return examples::conversion_path{.name = one.name, .at = one.at}; },
    .step =
        [](touch const& one) {
            return examples::path_step{"visit", one.channel, one.who, one.at};
        },
    .pairs = "sale_touches",
    .unattributed = "unattributed_sales"};

/// Anna saw an ad and a letter before she paid 1.01; nobody knows why Ben paid 0.50.
examples::report_model small(examples::output_directory& out, std::vector<sale> const& sales) {
    auto const touches = std::vector<touch>{{"anna", "ad", day(1)}, {"anna", "letter", day(2)}};
    auto const journeys = att::join(att::conversions(sales, &sale::who, &sale::at, &sale::cents),
                                    att::touchpoints(touches, &touch::who, &touch::at));
    examples::report_model report;
    report.words = {.channel = "channel",
                    .channels = "channels",
                    .conversion = "sale",
                    .conversions = "sales",
                    .touchpoint = "visit",
                    .touchpoints = "visits",
                    .amount = "revenue",
                    .group = ""};
    report.models = {{"last_touch", "last touch"}, {"linear", "linear"}};
    examples::add_attribution(report, out, journeys, att::always, &touch::channel, described,
                              att::last_touch, att::linear);
    out.commit();
    return report;
}

std::vector<sale> two_sales() {
    return {{"S1", "anna", day(3), 101}, {"S2", "ben", day(3), 50}};
}

}  // namespace

TEST_CASE("attributed_report: models side by side, whoever earned nothing included") {
    scratch const here;
    examples::output_directory out{here.directory / "out"};
    auto const report = small(out, two_sales());
    REQUIRE(report.compared.lines.size() == 3);
    CHECK(report.compared.key_title == "channel");
    CHECK(report.compared.totals == std::vector<std::int64_t>{151, 151});
    std::int64_t last = 0, linear = 0;
    for (auto const& line : report.compared.lines) {
        last += *line.cents[0];
        linear += *line.cents[1];
        if (line.name == "ad")
            CHECK(*line.cents[0] == 0);
        if (!line.attributed)
            CHECK(*line.cents[1] == 50);
    }
    CHECK(last == 151);
    CHECK(linear == 151);
    CHECK(report.by_channel.size() == 6);
}

TEST_CASE("attributed_report: paths with what each model gave, and pairs") {
    scratch const here;
    examples::output_directory out{here.directory / "out"};
    auto const report = small(out, two_sales());
    REQUIRE(report.paths.size() == 2);
    auto const& anna = report.paths[0];
    CHECK(anna.units == 101);
    CHECK(anna.reason == "credited");
    REQUIRE(anna.steps.size() == 2);
    CHECK(!anna.steps[0].units[0]);
    CHECK(anna.steps[1].units[0] == 101);
    CHECK(*anna.steps[0].units[1] + *anna.steps[1].units[1] == 101);
    CHECK(report.paths[1].steps.empty());
    CHECK(report.paths[1].reason == "no touchpoint has its key");
    CHECK(report.pairs.rows ==
          std::vector<examples::table_row>{cells("S1", "ad"), cells("S1", "letter")});
    CHECK(report.unattributed.rows ==
          std::vector<examples::table_row>{cells("S2", "no touchpoint has its key")});
    // Reasons are those of the first model: by last touch, the ad has no weight.
    REQUIRE(report.reasons.size() == 2);
    CHECK(report.reasons[0].title == "visits");
    REQUIRE(report.reasons[0].lines.size() == 2);
    CHECK(report.reasons[0].lines[0].text == "credited");
    CHECK(report.reasons[0].lines[0].count == 1);
}

TEST_CASE("attributed_report: reconciliation, and nothing to reconcile") {
    scratch const here;
    examples::output_directory out{here.directory / "out"};
    auto const report = small(out, two_sales());
    CHECK(here.read("out/reconciliation.csv") ==
          "model,sales,value_in,credited,unattributed,difference\n"
          "last_touch,2,1.51,1.01,0.50,0.00\n"
          "linear,2,1.51,1.01,0.50,0.00\n");
    REQUIRE(report.proof.size() == 2);
    CHECK(report.proof[1].credited == "1.01");
    examples::output_directory empty{here.directory / "empty"};
    CHECK(small(empty, {}).paths.empty());
    CHECK(here.read("empty/reconciliation.csv") ==
          "model,sales,value_in,credited,unattributed,difference\n");
}
