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
template <class Touch>
record_columns<Touch, sale> columns_of_kind(std::string Touch::*what) {
    return {
        .touchpoint = {{"what", column_kind::text, what}, {"at", column_kind::time, &Touch::at}},
        .audit = {{"what", column_kind::text, what}},
        .credited = "earned",
        .step = [](Touch const& one) { return step_of(one); }};
}

/// Anna saw three pages and called before she paid 0.010, and Ben paid 0.009 after a call; nobody knows
/// why Cleo paid 0.004.
report_model small(cent_rounding how, scratch const& here) {
    std::vector<sale> const sales{{"anna", hour(9), 10}, {"ben", hour(9), 9}, {"cleo", hour(9), 4}};
    std::vector<visit> const visits{
        {"anna", "c", hour(1)}, {"anna", "a", hour(3)}, {"anna", "b", hour(4)}};
    std::vector<call> const calls{{"anna", "hugo", hour(2)}, {"ben", "ida", hour(1)}};
    auto const sold = att::conversions(sales, &sale::who, &sale::at, &sale::thousandths);
    auto const visited = att::join(sold, att::touchpoints(visits, &visit::who, &visit::at));
    auto const called = att::join(sold, att::touchpoints(calls, &call::who, &call::at));
    auto const by_visits = att::attribute(visited, att::linear);
    auto const by_calls = att::attribute(called, att::last_touch);

    report_model report{.words = {.channel = "what"}, .unit_decimals = 3};
    models_apart all{report, sales.size(), how, true};
    output_directory out{here.directory / "out"};
    auto const add = [&](std::string const& name, auto const& credits, auto const& kind) {
        all.add({name, name}, credits, kind,
                [](sale const& one, std::string const& model, std::string const& why) {
                    return cells(one.who, model, why);
                });
        all.write({out, name + ".csv"}, "revenue");
    };
    touchpoint_kind<visit, sale, std::string visit::*> const a_visit{
        0, &visit::page, "nobody", "no visit", columns_of_kind<visit>(&visit::page)};
    add("visits", by_visits, a_visit);
    touchpoint_kind<call, sale, std::string call::*> const a_call{
        1, &call::agent, "nobody", "no call", columns_of_kind<call>(&call::agent)};
    add("calls", by_calls, a_call);
    csv_writer audit{out, "audit.csv"};
    all.add_audit(audit, visited, att::explain(visited, att::linear), a_visit, "visits, linear");
    all.add_audit(audit, called, att::explain(called, att::last_touch), a_call, "calls, last");
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
    std::vector<std::string> columns;
    for (auto const& column : report.pairs.columns)
        columns.push_back(column.name);
    CHECK(columns == std::vector<std::string>{"who", "what", "at"});
    CHECK(report.pairs.rows.size() == 5);
    CHECK(report.pairs.rows[1] == cells("anna", "hugo", "1970-01-01T02:00:00Z"));
    CHECK(report.paths[1].reason == "credited");
    CHECK(report.paths[2].reason == "nobody knows");
    CHECK(report.unattributed.rows == std::vector<table_row>{cells("ben", "visits", "no visit"),
                                                             cells("cleo", "visits", "no visit"),
                                                             cells("cleo", "calls", "no call")});
    CHECK(anna.steps[1].units.size() == 2);
    CHECK(anna.steps[3].units.size() == 2);
}

TEST_CASE("models_apart: the audit has all touchpoints, kind by kind") {
    scratch const here;
    auto const report = small(cent_rounding::together, here);
    CHECK(here.read("out/audit.csv") == "what,outcome,reason,credits,earned\n"
                                        "c,credited,credited,1,0.004\n"
                                        "a,credited,credited,1,0.003\n"
                                        "b,credited,credited,1,0.003\n"
                                        "hugo,credited,credited,1,0.010\n"
                                        "ida,credited,credited,1,0.009\n");
    REQUIRE(report.reasons.size() == 2);
    CHECK(report.reasons[0].title == "visits, linear");
    CHECK(report.reasons[1].lines[0].count == 2);
}
