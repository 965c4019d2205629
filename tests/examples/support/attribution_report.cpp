// SPDX-License-Identifier: BSL-1.0
#include <support/attribution_report.hpp>

#include <support/page.hpp>
#include <support/shortened.hpp>
#include <support/table_rows.hpp>

#include <attribution/attribution.hpp>

#include <scratch.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
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

examples::record_columns<touch, sale> columns() {
    using kind = examples::column_kind;
    examples::record_columns<touch, sale> all;
    all.conversion = {{"sale_id", kind::text, &sale::name}};
    all.touchpoint = {{"channel_name", kind::text, &touch::channel}};
    all.audit = all.touchpoint;
    all.pairs = "sale_touches";
    all.unattributed = "unattributed_sales";
    all.credited = "earned";
    all.name = &sale::name;
    all.group = [](sale const& one) { return one.who + "'s"; };
    all.step = [](touch const& one) {
        return examples::path_step{"visit", one.channel, one.who, one.at, {}};
    };
    return all;
}

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
    std::vector<examples::shown_model<std::remove_cvref_t<decltype(journeys)>>> models;
    add_model(models, "last_touch", "the last gets all.", att::last_touch);
    add_model(models, "linear", "all share.", att::linear);
    auto const credits = credits_of(journeys, models, att::always);
    auto const audit = att::explain(journeys, att::last_touch, att::always);
    describe_attribution(report, journeys, models, credits, audit,
                         examples::compare_by(credits, att::by(&touch::channel)), columns(),
                         credits[1]);
    describe_groups(report, examples::compare_by(credits, att::by(&sale::who, &touch::channel)));
    write_reconciliations({out, "all.csv"}, report, credits, {"sales"});
    write_reconciliations({out, "by_customer.csv"}, report, credits, {"customer", "sales"},
                          att::by(&sale::who));
    write_audit({out, "audit.csv"}, journeys, audit, columns(), "sale_id",
                examples::earned_in(audit), 2);
    auto nameless = columns();
    nameless.name = {};
    write_audit({out, "nameless.csv"}, journeys, audit, nameless, "", examples::earned_in(audit),
                2);
    out.commit();
    return report;
}

std::vector<sale> two_sales() {
    return {{"S1", "anna", day(3), 101}, {"S2", "ben", day(3), 50}};
}

/// More sales than are looked at at once or a page shows. Some have no touchpoint, some long names.
std::vector<sale> many_sales() {
    std::vector<sale> sales;
    for (int i = 0; i < 9'000; ++i) {
        auto const name = (i % 500 == 0 ? std::string(300, 'n') : "S") + std::to_string(i);
        sales.push_back({name, "customer " + std::to_string(i % 7'000),
                         day(3) + std::chrono::minutes{i}, i * 37 % 1'000});
    }
    return sales;
}
std::vector<touch> many_touches() {
    std::vector<touch> touches;
    for (int i = 0; i < 6'900; ++i)
        for (int place = 0; place < i % 4; ++place)
            touches.push_back({"customer " + std::to_string(i),
                               place == 2 ? std::string(300, 'c') + std::to_string(i % 3) : "web",
                               day(1) + std::chrono::minutes{place}});
    return touches;
}

}  // namespace

TEST_CASE("attribution_report: models side by side, largest first, nobody last") {
    scratch const here;
    examples::output_directory out{here.directory / "out"};
    auto const report = small(out, two_sales());
    REQUIRE(report.compared.lines.size() == 3);
    CHECK(report.compared.key_title == "channel");
    CHECK(report.compared.totals == std::vector<std::int64_t>{151, 151});
    auto const& lines = report.compared.lines;
    CHECK(lines[0].name == "letter");
    CHECK(lines[1].name == "ad");
    CHECK(lines[2].name == "unattributed");
    CHECK(!lines[2].attributed);
    auto const cents = [&](std::size_t model) {
        return std::vector{*lines[0].cents[model], *lines[1].cents[model], *lines[2].cents[model]};
    };
    CHECK(cents(0) == std::vector<std::int64_t>{101, 0, 50});
    CHECK((cents(1) == std::vector<std::int64_t>{50, 51, 50} ||
           cents(1) == std::vector<std::int64_t>{51, 50, 50}));
}

TEST_CASE("attribution_report: what each model gives, by channel and by group, where it gives") {
    scratch const here;
    examples::output_directory out{here.directory / "out"};
    auto const report = small(out, two_sales());
    REQUIRE(report.by_channel.size() == 6);  // also the ad, to which last touch gives nothing
    CHECK(report.by_channel[2].units == 0);
    CHECK(report.by_channel[0].name == "letter");
    CHECK(report.by_channel[1].name == "(unattributed)");
    CHECK(report.by_channel[1].units == 50);
    CHECK(!report.by_channel[1].attributed);
    CHECK(report.by_channel[2].model == 0);
    CHECK(report.by_channel[3].model == 1);
    REQUIRE(report.by_group.size() == 5);
    CHECK(report.by_group[0].group == "anna");
    CHECK(report.by_group[0].name == "letter");
    CHECK(report.by_group[0].units == 101);
}

TEST_CASE("attribution_report: paths with what each model gave, and pairs") {
    scratch const here;
    examples::output_directory out{here.directory / "out"};
    auto const report = small(out, two_sales());
    REQUIRE(report.paths.size() == 2);
    auto const& anna = report.paths[0];
    CHECK(anna.units == 101);
    CHECK(anna.reason == "credited");
    CHECK(anna.group == "anna's");
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
    // Reasons are those of the audit: by last touch, the ad has no weight.
    REQUIRE(report.reasons.size() == 2);
    CHECK(report.reasons[0].title == "visits, last touch");
    REQUIRE(report.reasons[0].lines.size() == 2);
    CHECK(report.reasons[0].lines[0].text == "credited");
    CHECK(report.reasons[0].lines[0].count == 1);
}

TEST_CASE("attribution_report: reconciliation, and nothing to reconcile") {
    scratch const here;
    examples::output_directory out{here.directory / "out"};
    auto const report = small(out, two_sales());
    CHECK(here.read("out/all.csv") == "model,sales,value_in,credited,unattributed,difference\n"
                                      "last_touch,2,1.51,1.01,0.50,0.00\n"
                                      "linear,2,1.51,1.01,0.50,0.00\n");
    CHECK(here.read("out/by_customer.csv") ==
          "model,customer,sales,value_in,credited,unattributed,difference\n"
          "last_touch,anna,1,1.01,1.01,0.00,0.00\n"
          "last_touch,ben,1,0.50,0.00,0.50,0.00\n"
          "linear,anna,1,1.01,1.01,0.00,0.00\n"
          "linear,ben,1,0.50,0.00,0.50,0.00\n");
    REQUIRE(report.proof.size() == 2);
    CHECK(report.proof[1].credited == "1.01");
    CHECK(report.proof[1].title == "linear");
    examples::output_directory empty{here.directory / "empty"};
    auto const nothing = small(empty, {});
    CHECK(nothing.paths.empty());
    CHECK(nothing.proof[0].value_in == "0.00");
    CHECK(here.read("empty/all.csv") == "model,sales,value_in,credited,unattributed,difference\n");
}

TEST_CASE("attribution_report: the audit has a line for every touchpoint") {
    scratch const here;
    examples::output_directory out{here.directory / "out"};
    (void)small(out, two_sales());
    CHECK(here.read("out/audit.csv") ==
          "channel_name,outcome,reason,sale_id,credits,earned\n"
          "ad,the model gave it no weight,the model gave it no weight,S1,0,0.00\n"
          "letter,credited,credited,S1,1,1.01\n");
    CHECK(here.read("out/nameless.csv") ==
          "channel_name,outcome,reason,credits,earned\n"
          "ad,the model gave it no weight,the model gave it no weight,0,0.00\n"
          "letter,credited,credited,1,1.01\n");
}

TEST_CASE("attribution_report: models have names, colours and what they learned") {
    std::vector<sale> const sales = two_sales(), nothing;
    std::vector<touch> const touches{{"anna", "ad", day(1)}};
    auto const models_of = [&](std::vector<sale> const& sold) {
        auto const journeys = att::join(att::conversions(sold, &sale::who, &sale::at, &sale::cents),
                                        att::touchpoints(touches, &touch::who, &touch::at));
        examples::told_models<std::remove_cvref_t<decltype(journeys)>> told{
            examples::report_text{"[last_touch]\ntext = 'the last gets all.'\n"
                                  "[markov]\ntext = 'learned.'\ncolour = '#123456'\n"
                                  "[linear]\ntext = 'all share.'"}};
        told.add("last_touch", att::last_touch);
        told.learn("markov", [&] { return att::fit(journeys, att::markov(&touch::channel)); });
        told.add("linear", att::linear);
        auto const models = std::move(told).all();
        std::vector<examples::model_description> shown;
        for (auto const& one : models)
            shown.push_back(one.shown);
        return shown;
    };
    auto const shown = models_of(sales);
    REQUIRE(shown.size() == 3);
    CHECK(shown[0].name == "last_touch");
    CHECK(shown[0].title == "last touch");
    CHECK(shown[0].colour == examples::palette[0]);
    CHECK(shown[1].colour == "#123456");
    CHECK(shown[2].colour == examples::palette[2]);
    auto const without = models_of(nothing);
    REQUIRE(without.size() == 2);
    CHECK(without[1].name == "linear");
}

TEST_CASE("attribution_report: many paths come to the same a part at a time") {
    scratch const here;
    examples::output_directory out{here.directory / "out"};
    auto const sales = many_sales();
    auto const touches = many_touches();
    auto const journeys = att::join(att::conversions(sales, &sale::who, &sale::at, &sale::cents),
                                    att::touchpoints(touches, &touch::who, &touch::at));
    std::vector<examples::shown_model<std::remove_cvref_t<decltype(journeys)>>> models;
    add_model(models, "last_touch", "the last gets all.", att::last_touch);
    add_model(models, "linear", "all share.", att::linear);
    auto const credits = credits_of(journeys, models, att::always);
    auto const audit = att::explain(journeys, att::last_touch, att::always);
    auto const by_channel = examples::compare_by(credits, att::by(&touch::channel));
    examples::report_model whole, in_parts;
    describe_attribution(whole, journeys, models, credits, audit, by_channel, columns(),
                         credits[1]);
    write_attribution(in_parts, {out, "in_parts.csv"}, journeys, models, credits, audit, by_channel,
                      columns(), credits[1]);
    write_table({out, "whole.csv"}, whole.pairs);
    out.commit();

    bool const same_pairs = here.read("out/in_parts.csv") == here.read("out/whole.csv");
    CHECK(same_pairs);
    CHECK(in_parts.paths.size() < whole.paths.size());
    CHECK(in_parts.unattributed.rows == whole.unattributed.rows);
    std::vector<examples::table_row> pairs;
    std::vector<std::optional<std::int64_t>> units, units_of_all;
    in_parts.every_step([&](examples::table_row row, auto of_models) {
        pairs.push_back(std::move(row));
        units.insert(units.end(), of_models.begin(), of_models.end());
    });
    for (auto const& path : whole.paths)
        for (auto const& step : path.steps)
            units_of_all.insert(units_of_all.end(), step.units.begin(), step.units.end());
    bool const same_steps = pairs == whole.pairs.rows && units == units_of_all;
    CHECK(same_steps);
    auto const one = sums_of(whole), other = sums_of(in_parts);
    CHECK(other.conversions == one.conversions);
    CHECK(other.unattributed == one.unattributed);
    CHECK(other.days_to_conversion == one.days_to_conversion);
    CHECK(other.cents_by_month == one.cents_by_month);
    auto const shown = shortened(in_parts);
    CHECK(shown.texts_cut == 21);  // 18 names and 3 channels
    bool const same_page = page_html(shown) == page_html(shortened(whole));
    CHECK(same_page);
}
