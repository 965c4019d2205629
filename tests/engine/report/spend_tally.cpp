// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/spend_tally.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/spending.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace support;

namespace {

struct cost {
    char channel;
    tick period;
    cents amount;
};

static_assert(att::detail::same_unit<int, long> && att::detail::same_unit<float, double>);
static_assert(!att::detail::same_unit<int, double>);

}  // namespace

TEST_CASE("spend and credits meet in one row for a channel and a period") {
    std::vector<touch> const visits{{1, 1, 'a'}, {1, 2, 'b'}};
    std::vector<sale> const book{{1, 9, 10}, {2, 9, 5}};
    std::vector<cost> const costs{{'b', 2, 3}, {'b', 2, 4}, {'c', 1, 1}};
    auto const ledger = att::attribute(sales(book), touches(visits), att::linear);
    auto const spent = att::spending(costs, &cost::channel, &cost::period, &cost::amount);
    auto credits =
        att::by(&touch::channel, &touch::at).bind(ledger.conversions(), ledger.touchpoints());
    att::detail::spend_tally tally{spent, credits};
    for (auto const& one : ledger)
        tally(one);
    auto const report = tally.finish();
    REQUIRE(report.size() == 4);
    CHECK(report[0].channel == 'a');
    CHECK(report[0].spend_rows == 0);
    CHECK(report[1].channel == 'b');
    CHECK(report[1].spend == 7);
    CHECK(report[1].amount == 5);
    CHECK(report[2].channel == 'c');
    CHECK(report[2].credits == 0);
    CHECK(!report[3].channel);
    CHECK(report[3].amount == 5);
}
