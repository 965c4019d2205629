// SPDX-License-Identifier: BSL-1.0
#include <support/cohort_table.hpp>

#include <scratch.hpp>

#include <fmt/format.h>

#include <string>
#include <vector>

using examples::calendar_period;
using examples::cohort_table;
using examples::exact_number;

namespace {

using namespace date::literals;

calendar_period month(unsigned number) {
    return {2018_y / date::month{number} / 1, examples::period_length::month};
}

/// January: 3 members, of whom one comes back in March, twice. March: one, who is back in April.
cohort_table small() {
    return {{{month(1)},
             {month(3), month(1), month(3)},
             {month(1), month(1)},
             {month(4), month(3)},
             {}},
            month(4)};
}

}  // namespace

TEST_CASE("cohort_table: a cell for each observed period, also where nobody came") {
    std::string cells;
    for (auto const& cell : small().cells())
        cells +=
            fmt::format("{} {} {}/{}\n", cell.cohort.text(), cell.index, cell.active, cell.size);
    CHECK(cells == "2018-01 0 3/3\n2018-01 1 0/3\n2018-01 2 1/3\n2018-01 3 0/3\n"
                   "2018-03 0 1/1\n2018-03 1 1/1\n");
    CHECK(small().cells()[2].retention() == exact_number{100, 3});
    CHECK(cohort_table({}, month(1)).cells().empty());
    CHECK(error_of<std::invalid_argument>([] {
              cohort_table{{{month(1)}, {month(2), month(1)}}, month(1)};
          }) == "cohort_table: somebody is active in 2018-02, after the last period 2018-01");
}

TEST_CASE("cohort_table: pooled, a cohort that is too young does not count") {
    auto const pool =
        pooled(small(), [](calendar_period cohort) { return cohort.quarter().text(); });
    REQUIRE(pool.size() == 4);
    auto const& second = pool[1];
    CHECK(second.group == "2018Q1");
    CHECK(second.index == 1);
    CHECK(second.observed == 2);
    CHECK(second.size == 4);
    CHECK(second.active == 1);
    CHECK(second.retention() == 25);
    CHECK(second.rates.mean() == exact_number{100});  // January, where nobody came, is absent
    auto const& third = pool[2];
    CHECK(third.observed == 1);
    CHECK(third.cohorts == 2);
    CHECK(third.size == 3);
    CHECK(third.retention() == exact_number{100, 3});
    CHECK(!pool[3].rates.mean());
    CHECK(pool[3].retention() == 0);

    auto const all = pooled(small(), [](calendar_period) { return std::string{"all"}; });
    CHECK(all.size() == 4);
    CHECK(all.front().cohorts == 2);
    CHECK(all.front().size == 4);
}
