// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/by.hpp>

#include "report/lines.hpp"

#include <attribution/amount/money.hpp>
#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    auto const report =
        att::attribute(sales(book), touches(visits), att::linear) | att::by(&touch::channel);
    require(report.size() == 4 && report[0].key == 'a' && report[0].amount == 85 &&
            report[0].credits == 3);
    require(report[3].key == std::nullopt && !report[3].attributed && report[3].conversions == 1);
    require(report.largest_first()[0].key == 'b' && report.largest_first()[3].amount == 7);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("by") {
    CHECK(test());
}

TEST_CASE("by one projection, of either side or both") {
    // sale 0: b 100, a 100, b 100; sale 1: c -40, a -40; sale 3: b 25, a 25
    CHECK(grouped(&touch::channel) == "a=85 b=225 c=-40 -?7 ");
    CHECK(grouped(&sale::region) == "x=-30 y=300 x?7 ");
    CHECK(grouped([](touch const& t, sale const& s) { return static_cast<int>(s.at - t.at); }) ==
          "0=25 1=25 6=100 7=60 8=60 -?7 ");
    CHECK(grouped([](touch const&) { return "all"; }) == "all=270 -?7 ");
    CHECK(grouped([](touch const& t) { return std::string(30, t.channel); }).size() > 90);
}

TEST_CASE("by several projections") {
    CHECK(grouped(&touch::channel, &sale::region) == "ax=-15 ay=100 bx=25 by=200 cx=-40 -x?7 ");
    CHECK(grouped(&sale::region, &touch::channel) == "xa=-15 xb=25 xc=-40 ya=100 yb=200 x-?7 ");
    CHECK(grouped(&sale::region, &touch::channel, [](touch const& t, sale const& s) {
              return static_cast<int>(s.at - t.at);
          }) == "xa0=25 xa7=-40 xb1=25 xc8=-40 ya7=100 yb6=100 yb8=100 x--?7 ");
    CHECK(grouped(&touch::channel, &touch::user) == "a1=125 a2=-40 b1=225 c2=-40 --?7 ");
}

TEST_CASE("by shows unattributed value as a row of its own, also when there is none") {
    std::vector<touch> const one{{1, 1, 'a'}};
    std::vector<sale> const sold{{1, 2, 5}};
    std::vector<sale> const none;
    CHECK(text(att::attribute(sales(sold), touches(one), att::linear) | att::by(&touch::channel)) ==
          "a=5 -?0 ");
    CHECK(text(att::attribute(sales(none), touches(one), att::linear) | att::by(&touch::channel)) ==
          "-?0 ");
    CHECK(text(att::attribute(sales(none), touches(one), att::linear) |
               att::by(&touch::channel, &touch::user)) == "--?0 ");
    CHECK(text(att::attribute(sales(none), touches(one), att::linear) | att::by(&sale::region))
              .empty());
    CHECK(text(att::attribute(sales(sold), touches(one), att::linear) | att::by(&sale::region)) ==
          "x=5 ");
}

TEST_CASE("by counts conversions by share") {
    auto const report =
        att::attribute(sales(book), touches(visits), att::linear) | att::by(&touch::user);
    REQUIRE(report.size() == 3);
    CHECK(report[0].conversions == doctest::Approx(2).epsilon(1e-15));
    CHECK(report[0].credits == 5);
    CHECK(report[1].conversions == 1);
    CHECK(report[2].conversions == 1);
    CHECK(report[2].credits == 1);
}

TEST_CASE("reports of money") {
    struct eur;
    auto const value = [](sale const& s) { return att::money<eur>{s.value}; };
    auto const report = att::attribute(att::conversions(book, &sale::user, &sale::at, value),
                                       touches(visits), att::linear) |
                        att::by(&touch::channel);
    CHECK(report.total() == att::money<eur>{277});
    CHECK(report.largest_first()[0].amount == att::money<eur>{225});
}

TEST_CASE("groups of truth values") {
    auto const first_hour = [](touch const& t) { return t.at < 2; };
    auto const report = att::attribute(sales(book), touches(visits), att::linear) |
                        att::by(first_hour, [](sale const& s) { return s.region == 'x'; });
    cents sum = 0;
    for (auto const& row : report)
        sum += row.amount;
    CHECK(sum == 277);
    CHECK(report.total() == 277);
}
