// SPDX-License-Identifier: BSL-1.0
#include <support/models_side_by_side.hpp>

#include <support/attribution_tables.hpp>
#include <support/record_counts.hpp>
#include <support/returns.hpp>

#include <attribution/attribution.hpp>

#include <scratch.hpp>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace att = attribution;
using namespace examples;
using namespace date::literals;

namespace {

struct touch {
    std::string who, channel;
    instant at;
};
struct sale {
    std::string id, who, country;
    instant at;
    exact_amount cents;
};

instant day(unsigned number) {
    return date::sys_days{2024_y / 5 / date::day{number}};
}

/// Anna saw an ad and a letter before she paid 1.00; nobody knows why Ben paid 0.50.
struct small : scratch {
    std::vector<touch> touches{{"anna", "ad", day(1)}, {"anna", "letter", day(2)}};
    std::vector<sale> sales{{"S1", "anna", "de", day(3), exact_amount{100}},
                            {"S2", "ben", "fr", day(3), exact_amount{50}}};
    report_model report{.words = {.channel = "channel",
                                  .conversions = "sales",
                                  .touchpoints = "visits",
                                  .group = "country"}};
    std::string largest, counts;

    explicit small(bool groups = true, bool sold = true) {
        if (!groups)
            report.words.group.clear();
        if (!sold)
            sales.clear();
        auto const journeys =
            att::join(att::conversions(sales, &sale::who, &sale::at, &sale::cents),
                      att::touchpoints(touches, &touch::who, &touch::at));
        std::vector<shown_model<std::remove_cvref_t<decltype(journeys)>>> models;
        add_model(models, "last_touch", "the last gets all.", att::last_touch);
        add_model(models, "linear", "all share.", att::linear);
        models_side_by_side all{journeys, att::always, models, 0, &touch::channel, &sale::country};
        record_columns<touch, sale> const columns{
            .conversion = {{"sale_id", column_kind::text, &sale::id}},
            .touchpoint = {{"channel", column_kind::text, &touch::channel}},
            .audit = {{"channel", column_kind::text, &touch::channel}},
            .pairs = "sale_touches",
            .unattributed = "unattributed_sales",
            .credited = "earned",
            .name = &sale::id,
            .group = &sale::country,
            .step = [](touch const& one) {
                return path_step{"visit", one.channel, one.who, one.at, {}};
            }};
        output_directory out{directory / "out"};
        all.begin_audit(out, columns, report.unit_decimals);
        all.describe(report, out, columns, all.credits()[1], true);
        report.found.add({"a rule", att::severity::error, "broken", 2, 1, {2}, {}});
        result_files files{out};
        all.write(out, files, report, columns, {"country", "channel", "revenue"},
                  report.unattributed);
        write_returns(
            files("returns.csv"), "revenue",
            all.credits()[1] |
                att::return_on_ad_spend(att::spending(
                                            sales, [](sale const&) { return std::string{"ad"}; },
                                            [](sale const&) { return 2024_y / 5; },
                                            [](sale const&) { return exact_amount{10}; }),
                                        &touch::channel, att::month_of(&touch::at)),
            2);
        out.commit();
        largest = largest_text(report, all.by_channel(), "country", all.by_group());
        record_counts const seen{report, all.audit(), {{"own", 5}}};
        CHECK(seen.of("credited") == (sold ? 1 : 0));
        CHECK_THROWS_AS(static_cast<void>(seen.of("a rul")), std::logic_error);
        report_text const text{"[visits]\ncount = ['credited = credited',\n"
                               "'without weight = the model gave it no weight',\n"
                               "'odd = a rule', 'all = touchpoints']\n"
                               "[more]\ncount = 'sum = own - touchpoints + a rule - unattributed'"};
        counts = seen.tables(text, {"visits"});
        CHECK(seen.tables(text, {"visits", "more"}) ==
              counts + fmt::format("\nmore  number\n----  ------\nsum        {}\n", sold ? 3 : 4));
        names = files.names;
    }
    std::vector<std::string> names;
};

}  // namespace

TEST_CASE("models_side_by_side: the report is told all of it") {
    small const here;
    CHECK(here.report.models.size() == 2);
    CHECK(here.report.compared.totals == std::vector<std::int64_t>{150, 150});
    CHECK(here.report.by_group.size() == 5);
    CHECK(here.report.paths.size() == 2);
    CHECK(here.report.proof.size() == 2);
    CHECK(here.report.tables.size() == 1);  // intervals
}

TEST_CASE("models_side_by_side: and the files are written, model by model") {
    small const here;
    CHECK(here.names == std::vector<std::string>{
                            "last_touch_by_channel.csv", "last_touch_by_segment_and_channel.csv",
                            "linear_by_channel.csv", "linear_by_segment_and_channel.csv",
                            "sale_touches.csv", "unattributed.csv", "audit.csv", "validation.csv",
                            "reconciliation.csv", "returns.csv"});
    CHECK(here.read("out/last_touch_by_channel.csv") == "channel,revenue\nletter,1.0\n");
    CHECK(here.read("out/linear_by_segment_and_channel.csv") ==
          "country,channel,revenue\nde,ad,0.5\nde,letter,0.5\n");
    CHECK(here.read("out/sale_touches.csv") == "sale_id,channel\nS1,ad\nS1,letter\n");
    CHECK(here.read("out/audit.csv") ==
          "channel,outcome,reason,sale_id,credits,earned\n"
          "ad,the model gave it no weight,the model gave it no weight,S1,0,0.0\n"
          "letter,credited,credited,S1,1,1.0\n");
    CHECK(here.read("out/reconciliation.csv") ==
          "model,country,sales,value_in,credited,unattributed,difference\n"
          "last_touch,de,1,1.0,1.0,0.0,0.0\nlast_touch,fr,1,0.5,0.0,0.5,0.0\n"
          "linear,de,1,1.0,1.0,0.0,0.0\nlinear,fr,1,0.5,0.0,0.5,0.0\n");
}

TEST_CASE("models_side_by_side: without groups there are no tables of them") {
    small const here{false};
    CHECK(here.report.by_group.empty());
    CHECK(here.names[1] == "linear_by_channel.csv");
    CHECK(here.names[2] == "sale_touches.csv");
}

TEST_CASE("attribution_tables: what was spent, what is largest, and what became of records") {
    small const here;
    CHECK(here.read("out/returns.csv") ==
          "channel_name,period,spend,revenue,conversions,cost_per_conversion,roi,roas\n"
          "ad,2024-05,0.2,0.5,0.5,0.4,1.5,2.5\n"
          "letter,2024-05,0.0,0.5,0.5,undefined,undefined,undefined\n"
          ",,0.0,0.5,1,undefined,undefined,undefined\n");
    CHECK(here.largest == "model       largest channel  amount  largest country  amount\n"
                          "----------  ---------------  ------  ---------------  ------\n"
                          "last touch  letter             1.00  de                 1.00\n"
                          "linear      ad                 0.50  de                 1.00\n");
    CHECK(here.counts == "visits          number\n"
                         "--------------  ------\n"
                         "credited             1\n"
                         "without weight       1\n"
                         "odd                  1\n"
                         "all                  2\n");
}

TEST_CASE("models_side_by_side: nothing was sold") {
    small const here{true, false};
    CHECK(here.report.paths.empty());
    CHECK(here.read("out/linear_by_channel.csv") == "channel,revenue\n");
    CHECK(here.read("out/reconciliation.csv") ==
          "model,country,sales,value_in,credited,unattributed,difference\n");
    CHECK(here.largest == "model  largest channel  amount  largest country  amount\n"
                          "-----  ---------------  ------  ---------------  ------\n");
}
