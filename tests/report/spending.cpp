// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/spending.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace att = attribution;

namespace {

struct cost {
    char const* channel;
    double period;
    long long cents;
};

}  // namespace

TEST_CASE("spending reads a channel, a period and an amount off each row") {
    std::vector<cost> const costs{{"mail", 1, 30}, {"ads", -0.0, -5}};
    auto const spend = att::spending(costs, &cost::channel, &cost::period, &cost::cents);
    REQUIRE(spend.size() == 2);
    static_assert(std::is_same_v<decltype(spend.channel(0)), std::string>);
    CHECK(spend.channel(0) == "mail");
    CHECK(spend.period(0) == 1);
    CHECK(!std::signbit(spend.period(1)));  // 0.0 and -0.0 are one group
    CHECK(spend.amount(1) == -5);
}

TEST_CASE("a row of spend that belongs to no group is refused by its number") {
    std::vector<cost> const costs{{nullptr, std::numeric_limits<double>::quiet_NaN(), 1}};
    auto const spend = att::spending(costs, &cost::channel, &cost::period, &cost::cents);
    CHECK_THROWS_AS((void)spend.channel(0), std::domain_error);
    CHECK_THROWS_AS((void)spend.period(0), std::domain_error);
}
