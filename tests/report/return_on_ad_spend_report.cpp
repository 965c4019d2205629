// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/return_on_ad_spend_report.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

namespace att = attribution;

namespace {

using row = att::return_on_ad_spend_row<char, int, std::int64_t, std::int64_t>;

constexpr row made(char channel, int period, std::int64_t amount, double conversions,
                   std::int64_t spend) {
    row one{};
    one.channel = channel;
    one.period = period;
    one.amount = amount;
    one.conversions = conversions;
    one.credits = 1;
    one.spend = spend;
    one.spend_rows = 1;
    return one;
}

constexpr bool ratios() {
    auto const one = made('a', 1, 150, 2, 100);
    bool good = one.roi() == 0.5 && one.roas() == 1.5 && one.cost_per_conversion() == 50;
    auto const idle = made('a', 1, 0, 0, 0);
    return good && !idle.roi() && !idle.roas() && !idle.cost_per_conversion();
}
static_assert(ratios());

constexpr bool beyond_doubles() {
    constexpr std::int64_t spend = (std::int64_t{1} << 53) + 1;  // no double
    auto const one = made('a', 1, spend + 2, 1, spend);
    return one.roi() == 2.0 / static_cast<double>(spend);
}
static_assert(beyond_doubles());

}  // namespace

TEST_CASE("a surplus of amounts that no double holds is exact") {
    CHECK(beyond_doubles());
}

TEST_CASE("ratios are empty where they are undefined") {
    CHECK(ratios());
}

TEST_CASE("rows add up over periods, and to a total") {
    att::return_on_ad_spend_report<row> const report{
        std::vector{made('a', 1, 150, 2, 100), made('a', 2, 50, 1, 0), made('b', 1, 7, 0.5, 3)}};
    auto const channels = report.over_periods();
    REQUIRE(channels.size() == 2);
    CHECK(channels[0].channel == 'a');
    CHECK(!channels[0].period);
    CHECK(channels[0].amount == 200);
    CHECK(channels[0].conversions == 3);
    CHECK(channels[0].spend_rows == 2);
    CHECK(report.total().amount == 207);
    CHECK(report.total().spend == 103);
    CHECK(!report.total().channel);
}
