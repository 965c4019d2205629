// SPDX-License-Identifier: BSL-1.0
#include <support/models_apart.hpp>

#include <attribution/attribution.hpp>

#include <scratch.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;
using namespace examples;

namespace {

struct sale {
    std::string who;
    instant at;
    std::int64_t thousandths;
};
struct visit {
    std::string who, page;
    instant at;
};
struct call {
    std::string who, agent;
    instant at;
};

instant hour(int number) {
    return instant{std::chrono::hours{number}};
}
path_step step_of(visit const& one) {
    return {"visit", one.page, one.who, one.at, {}};
}
path_step step_of(call const& one) {
    return {"call", one.agent, one.who, one.at, {}};
}

/// Anna saw three pages and called before she paid 0.010, and Ben paid 0.009 after a call; nobody knows
/// why Cleo paid 0.004.
report_model small(cent_rounding how, scratch const& here) {
    std::vector<sale> const sales{{"anna", hour(9), 10}, {"ben", hour(9), 9}, {"cleo", hour(9), 4}};
    std::vector<visit> const visits{
        {"anna", "c", hour(1)}, {"anna", "a", hour(3)}, {"anna", "b", hour(4)}};
    std::vector<call> const calls{{"anna", "hugo", hour(2)}, {"ben", "ida", hour(1)}};
    auto const sold = att::conversions(sales, &sale::who, &sale::at, &sale::thousandths);
    auto const by_visits = att::attribute(
        att::join(sold, att::touchpoints(visits, &visit::who, &visit::at)), att::linear);
    auto const by_calls = att::attribute(
        att::join(sold, att::touchpoints(calls, &call::who, &call::at)), att::last_touch);

    report_model report{.words = {.channel = "what"}, .unit_decimals = 3};
    report.models = {{"visits", "visits"}, {"calls", "calls"}};
    models_apart all{report, sales.size(), how, true};
    output_directory out{here.directory / "out"};
    auto const add = [&](char const* name, auto const& credits, auto channel, std::size_t source) {
        all.add(credits, channel, "nobody");
        all.add_steps(
            credits, source, [](auto const& touch) { return step_of(touch); },
            [&](sale const& one) { return cells(one.who, name); });
        all.write({out, name}, "revenue", source);
    };
    add("visits.csv", by_visits, &visit::page, 0);
    add("calls.csv", by_calls, &call::agent, 1);
    all.finish(sold, std::vector<record_column<sale>>{{"who", column_kind::text, &sale::who}},
               &sale::who, "nobody knows");
    out.commit();
    return report;
}

}  // namespace

TEST_CASE("models_apart: cents of a table add up, or each is rounded by itself") {
    scratch const here;
    auto const report = small(cent_rounding::together, here);
    // 0.003, 0.003 and 0.004 of 0.010, and 0.013 of nobody: 0.02 in all.
    CHECK(here.read("out/visits.csv") == "what,revenue\na,0.0\nb,0.0\nc,0.01\nnobody,0.01\n");
    CHECK(report.compared.totals == std::vector<std::int64_t>{2, 2});
    scratch const there;
    auto const each = small(cent_rounding::each, there);
    CHECK(there.read("out/visits.csv") == "what,revenue\na,0.0\nb,0.0\nc,0.0\nnobody,0.01\n");
    CHECK(each.compared.totals == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("models_apart: models side by side, by name") {
    scratch const here;
    auto const report = small(cent_rounding::together, here);
    CHECK(report.compared.key_title == "what");
    std::vector<std::string> names;
    for (auto const& line : report.compared.lines)
        names.push_back(line.name);
    CHECK(names == std::vector<std::string>{"a", "b", "c", "hugo", "ida", "nobody"});
    CHECK(!report.compared.lines[0].cents[1]);
    CHECK(report.compared.lines[5].cents[1] == 0);
    CHECK(!report.compared.lines[5].attributed);
    REQUIRE(report.by_channel.size() == 7);
    CHECK(report.by_channel[3].units == 13);
    CHECK(report.by_channel[4].model == 1);
    CHECK(report.tables.size() == 1);  // intervals
    REQUIRE(report.proof.size() == 2);
    CHECK(report.proof[0].value_in == "0.023");
    CHECK(report.proof[1].unattributed == "0.004");
}

TEST_CASE("models_apart: paths have the steps of all models, in order of time") {
    scratch const here;
    auto const report = small(cent_rounding::together, here);
    REQUIRE(report.paths.size() == 3);
    auto const& anna = report.paths[0];
    CHECK(anna.name == "anna");
    CHECK(anna.units == 10);
    REQUIRE(anna.steps.size() == 4);
    CHECK(anna.steps[1].channel == "hugo");
    CHECK(!anna.steps[1].units[0]);
    CHECK(anna.steps[1].units[1] == 10);
    CHECK(report.pairs.rows.size() == 5);
    CHECK(report.pairs.rows[1] == cells("anna", "call", "hugo", "anna", "1970-01-01T02:00:00Z"));
    CHECK(report.paths[1].reason == "credited");
    CHECK(report.paths[2].reason == "nobody knows");
    CHECK(report.unattributed.rows == std::vector<table_row>{cells("ben", "visits.csv"),
                                                             cells("cleo", "visits.csv"),
                                                             cells("cleo", "calls.csv")});
}
