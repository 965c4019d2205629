// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/dimensions.hpp>

#include "report/lines.hpp"

#include <attribution/window/lookback.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <vector>

using namespace support;

TEST_CASE("by: records of one type on both sides need to say which") {
    std::vector<sale> const events{{1, 1, 0, 'a'}, {1, 2, 10, 'b'}};
    auto const credits =
        att::attribute(sales(events), att::touchpoints(events, &sale::user, &sale::at), att::linear,
                       att::lookback(5));
    CHECK(text(credits | att::by(&sale::region)) == "a=5 b=5 -?0 ");  // a touchpoint first
    CHECK(text(credits | att::by(att::of_touchpoint(&sale::region))) == "a=5 b=5 -?0 ");
    CHECK(text(credits | att::by(att::of_conversion(&sale::region))) == "a=0 b=10 ");
    CHECK(text(credits | att::by(att::of_conversion(&sale::region),
                                 att::of_touchpoint(&sale::region))) == "aa=0 ba=5 bb=5 ");
}

TEST_CASE("by tells a missing group value from unattributed value") {
    auto const campaign = [](touch const& t) {
        return t.channel == 'b' ? std::nullopt : std::optional{t.channel};
    };
    CHECK(grouped(campaign) == "-=225 a=85 c=-40 -?7 ");
}
