// SPDX-License-Identifier: BSL-1.0
#include <support/models_apart.hpp>

#include <attribution/attribution.hpp>

#include <scratch.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
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
auto a_kind(std::string const& name, std::vector<Touch> const& all, std::string Touch::*what) {
    return kind_of(name, all, every_record, &Touch::who, &Touch::at, what,
                   [](Touch const& one) { return step_of(one); });
}

constexpr std::string_view words = R"(
[tables]
conversion = ["who", "paid", "when"]
touchpoint = ["type", "what", "by", "at"]
audit = ["line", "by", "key", "what", "at"]
credited = "earned"
nothing = "nobody knows"

[visit]
all = "visits"
nobody = "nobody"
why = "no visit"

[call]
all = "calls"
nobody = "nobody"
why = "no call"
)";

/// Anna saw three pages and called before she paid 0.010, and Ben paid 0.009 after a call; nobody knows
/// why Cleo paid 0.004. Dora got more back than she paid, and called.
report_model small(cent_rounding how, scratch const& here) {
    std::vector<sale> const sales{
        {"anna", hour(9), 10}, {"ben", hour(9), 9}, {"cleo", hour(9), 4}, {"dora", hour(9), -4}};
    std::vector<visit> const visits{
        {"anna", "c", hour(1)}, {"anna", "a", hour(3)}, {"anna", "b", hour(4)}};
    std::vector<call> const calls{
        {"anna", "hugo", hour(2)}, {"ben", "ida", hour(1)}, {"dora", "ida", hour(1)}};
    auto const a_visit = a_kind("visit", visits, &visit::page);
    auto const a_call = a_kind("call", calls, &call::agent);

    report_model report{.words = {.channel = "what",
                                  .conversion = "sale",
                                  .conversions = "sales",
                                  .amount = "price"},
                        .unit_decimals = 3};
    output_directory out{here.directory / "out"};
    models_apart all(report, report_text{words}, out, sales, &sale::who, &sale::at,
                     &sale::thousandths, how, true);
    auto const found =
        all.add_audited("visits.csv", {"visits", "by visits"}, a_visit, att::linear, att::always);
    CHECK(found.touchpoints().size() == visits.size());
    all.add_audited("calls.csv", {"calls", "by calls"}, a_call, att::last_touch, att::always);
    CHECK(all.value_text() == "0.02");
    report.found.add({"a rule", att::severity::error, "broken", 2, 1, {2}, {}});
    CHECK(all.finish() == std::vector<std::string>{"visits.csv", "calls.csv", "audit.csv",
                                                   "validation.csv", "reconciliation.csv"});
    CHECK(all.reconciliation_text() ==
          "Reconciled, sale by sale:\n"
          "visits.csv: 0.023 in = 0.010 credited + 0.013 unattributed\n"
          "calls.csv: 0.023 in = 0.019 credited + 0.004 unattributed\n");
    out.commit();
    return report;
}

}  // namespace

TEST_CASE("models_apart: cents of a table add up, or each is rounded by itself") {
    scratch const here;
    auto const report = small(cent_rounding::together, here);
    // 0.003, 0.003 and 0.004 of 0.010, and 0.013 of nobody: 0.02 in all.
    CHECK(here.read("out/visits.csv") == "what,earned\na,0.0\nb,0.0\nc,0.01\nnobody,0.01\n");
    CHECK(report.compared.totals == std::vector<std::int64_t>{2, 2});
    scratch const there;
    auto const each = small(cent_rounding::each, there);
    CHECK(there.read("out/visits.csv") == "what,earned\na,0.0\nb,0.0\nc,0.0\nnobody,0.01\n");
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
    CHECK(columns == std::vector<std::string>{"who", "paid", "when", "type", "what", "by", "at"});
    CHECK(report.pairs.name == "sale_touchpoints");
    CHECK(report.pairs.rows.size() == 5);
    CHECK(report.pairs.rows[1] == cells("anna", "0.010", "1970-01-01T09:00:00Z", "call", "hugo",
                                        "anna", "1970-01-01T02:00:00Z"));
    CHECK(report.paths[1].reason == "credited");
    CHECK(report.paths[2].reason == "nobody knows");
    CHECK(report.unattributed.name == "unattributed_sales");
    CHECK(report.unattributed.rows ==
          std::vector<table_row>{cells("ben", "visits", "0.009", "no visit"),
                                 cells("cleo", "visits", "0.004", "no visit"),
                                 cells("cleo", "calls", "0.004", "no call")});
    columns.clear();
    for (auto const& column : report.unattributed.columns)
        columns.push_back(column.name);
    CHECK(columns == std::vector<std::string>{"who", "model", "paid", "reason"});
    CHECK(anna.steps[1].units.size() == 2);
    CHECK(anna.steps[3].units.size() == 2);
}

TEST_CASE("models_apart: the audit has all touchpoints, kind by kind") {
    scratch const here;
    auto const report = small(cent_rounding::together, here);
    auto const lines = here.read("out/audit.csv");
    CHECK(lines == "touchpoint,line,by,key,what,at,model,outcome,reason,credits,earned\n"
                   "visit,2,anna,anna,c,1970-01-01T01:00:00Z,by visits,credited,credited,1,0.004\n"
                   "visit,3,anna,anna,a,1970-01-01T03:00:00Z,by visits,credited,credited,1,0.003\n"
                   "visit,4,anna,anna,b,1970-01-01T04:00:00Z,by visits,credited,credited,1,0.003\n"
                   "call,2,anna,anna,hugo,1970-01-01T02:00:00Z,by calls,credited,credited,1,0.010\n"
                   "call,3,ben,ben,ida,1970-01-01T01:00:00Z,by calls,credited,credited,1,0.009\n"
                   "call,4,dora,dora,ida,1970-01-01T01:00:00Z,by calls,refused,"
                   "refused by positive price,0,0.000\n");
    REQUIRE(report.reasons.size() == 2);
    CHECK(report.reasons[0].title == "visits, by visits");
    CHECK(report.reasons[1].lines[0].count == 2);
}

TEST_CASE("models_apart: every conversion reconciles, file by file, and what is wrong is written") {
    scratch const here;
    small(cent_rounding::together, here);
    CHECK(here.read("out/reconciliation.csv") ==
          "table,sale,value_in,credited,unattributed,difference\n"
          "visits.csv,anna,0.010,0.010,0.000,0.000\nvisits.csv,ben,0.009,0.000,0.009,0.000\n"
          "visits.csv,cleo,0.004,0.000,0.004,0.000\ncalls.csv,anna,0.010,0.010,0.000,0.000\n"
          "calls.csv,ben,0.009,0.009,0.000,0.000\ncalls.csv,cleo,0.004,0.000,0.004,0.000\n");
    CHECK(here.read("out/validation.csv").find("a rule,error,2,1,2,broken,") != std::string::npos);
}
