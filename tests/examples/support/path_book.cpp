// SPDX-License-Identifier: BSL-1.0
#include <support/path_book.hpp>

#include <attribution/attribution.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;
using examples::cells;

namespace {

struct sale {
    std::string who;
    examples::instant at;
    std::int64_t cents;
};
struct visit {
    std::string who, page;
    examples::instant at;
};
struct call {
    std::string who, agent;
    examples::instant at;
};

examples::instant hour(int number) {
    return examples::instant{std::chrono::hours{number}};
}

examples::path_book::step step_of(visit const& one) {
    return {{"visit", one.page, one.who, one.at, {}}, cells("visit", one.page)};
}
examples::path_book::step step_of(call const& one) {
    return {{"call", one.agent, one.who, one.at, {}}, cells("call", one.agent), true};
}

/// Anna visited twice and called in between; Ben did nothing.
examples::report_model small() {
    std::vector<sale> const sales{{"anna", hour(9), 100}, {"ben", hour(9), 50}};
    std::vector<visit> const visits{{"anna", "home", hour(3)}, {"anna", "prices", hour(1)}};
    std::vector<call> const calls{{"anna", "hugo", hour(2)}};
    auto const sold = att::conversions(sales, &sale::who, &sale::at, &sale::cents);
    auto const visited = att::join(sold, att::touchpoints(visits, &visit::who, &visit::at));
    auto const called = att::join(sold, att::touchpoints(calls, &call::who, &call::at));

    examples::report_model report;
    report.models = {{"linear"}, {"last_touch"}, {"calls"}};
    examples::path_book book{report, sales.size()};
    auto const add = [&](auto const& credits, std::size_t model, std::size_t source) {
        book.add(
            credits, model, source, [](auto const& touch) { return step_of(touch); },
            [&](sale const& one) { return cells(one.who, report.models[model].name); });
    };
    add(att::attribute(visited, att::linear, att::at_any_time), 0, 0);
    add(att::attribute(visited, att::last_touch, att::at_any_time), 1, 0);
    add(att::attribute(called, att::first_touch, att::at_any_time), 2, 1);
    book.finish(
        [&](std::size_t row) {
            return examples::conversion_path{sales[row].who,   "", sales[row].at,
                                             sales[row].cents, "", {}};
        },
        [&](std::size_t row) { return cells(sales[row].who); });
    return report;
}

}  // namespace

TEST_CASE("path_book: touchpoints of all kinds once each, in the order of time, the last last") {
    auto const report = small();
    REQUIRE(report.paths.size() == 2);
    auto const& steps = report.paths[0].steps;
    REQUIRE(steps.size() == 3);
    CHECK(steps[0].channel == "prices");
    CHECK(steps[1].channel == "home");
    CHECK(steps[2].channel == "hugo");  // earlier, but of the kind that stands last
    CHECK(report.paths[1].name == "ben");
    CHECK(report.paths[1].steps.empty());
}

TEST_CASE("path_book: each step knows what each model gave it, and which gave nothing") {
    using units = std::vector<std::optional<std::int64_t>>;
    auto const report = small();
    auto const& steps = report.paths[0].steps;
    CHECK(steps[0].units == units{50, std::nullopt, std::nullopt});
    CHECK(steps[1].units == units{50, 100, std::nullopt});
    CHECK(steps[2].units == units{std::nullopt, std::nullopt, 100});
}

TEST_CASE("path_book: pairs follow the paths, and what is unattributed is so by model") {
    auto const report = small();
    using rows = std::vector<examples::table_row>;
    CHECK(report.pairs.rows == rows{cells("anna", "visit", "prices"),
                                    cells("anna", "visit", "home"), cells("anna", "call", "hugo")});
    CHECK(report.unattributed.rows ==
          rows{cells("ben", "linear"), cells("ben", "last_touch"), cells("ben", "calls")});
}
