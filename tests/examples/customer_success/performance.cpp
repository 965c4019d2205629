// SPDX-License-Identifier: BSL-1.0
#include <customer_success/performance.hpp>

#include "small_world.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <vector>

using namespace date::literals;
using namespace std::chrono_literals;
using namespace customer_success;

namespace {

constexpr date::sys_days april = 2024_y / 4 / 1;

std::vector<deal> const deals{
    some_deal("D1", deal_state::concluded, april - date::days{20}, april + date::days{2}, "ann"),
    some_deal("D2", deal_state::open, april, std::nullopt, "bob"),
    some_deal("D3", deal_state::concluded, april, april - date::days{1}, "bob"),  // not in order
};
std::vector<work> const works{
    {work_kind::email, "E1", "D1", "ann", examples::instant{april} + 1s, "email"},
    {work_kind::activity, "A1", "D1", "bob", examples::instant{april} + 12h, "call"},
    {work_kind::email, "E2", "D9", "ann", examples::instant{april}, "email"},  // unknown deal
};

}  // namespace

TEST_CASE("performance_of: months of the zone; deals by their owner and last day") {
    auto const utc = by_month(performance_of(deals, works, *date::locate_zone("UTC")));
    CHECK(utc ==
          monthly_performance{{{"ann", 2024_y / 4}, {1, 0, 1}}, {{"bob", 2024_y / 4}, {0, 1, 0}}});
    auto const west =
        by_month(performance_of(deals, works, *date::locate_zone("America/Sao_Paulo")));
    CHECK(west == monthly_performance{{{"ann", 2024_y / 3}, {1, 0, 0}},
                                      {{"ann", 2024_y / 4}, {0, 0, 1}},
                                      {{"bob", 2024_y / 4}, {0, 1, 0}}});
}

TEST_CASE("month_ends: deals that had begun and not ended when the last day was over") {
    workload_plan plan;
    plan.past.push_back({.about = deals[0], .work = 1, .score = {1, 1}});
    plan.open.push_back({.about = deals[1], .work = 1, .score = {5, 2}});
    auto const loads = month_ends(plan);
    REQUIRE(loads.size() == 4);
    CHECK(loads[0].month == 2024_y / 3);
    CHECK(loads[0].specialist == "ann");
    CHECK(loads[0].tenths == 10);
    CHECK(loads[1].tenths == 0);  // bob
    CHECK(loads[2].tenths == 0);  // ann's had ended
    CHECK(loads[3].open_deals == 1);
    CHECK(loads[3].tenths == 41);
    CHECK(month_ends({}).empty());
}

TEST_CASE("month_ends: a wrong date does not make thousands") {
    workload_plan plan;
    plan.open.push_back(
        {.about = some_deal("D1", deal_state::open, 203_y / 1 / 1, std::nullopt, "a")});
    plan.open.push_back({.about = deals[1]});
    CHECK(month_ends(plan).size() == 2 * 240);
}
