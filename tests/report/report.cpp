// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/report.hpp>

#include "report/lines.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

using namespace support;

TEST_CASE("largest_first: by amount, equal amounts by key, unattributed last") {
    std::vector<touch> const channels{{1, 1, 'd'}, {1, 1, 'a'}, {2, 1, 'c'}, {3, 1, 'b'}};
    std::vector<sale> const sold{{1, 2, 20}, {2, 2, 500}, {3, 2, -9}, {4, 2, 9999}};
    auto const report =
        att::attribute(sales(sold), touches(channels), att::linear) | att::by(&touch::channel);
    CHECK(text(report.largest_first()) == "c=500 a=10 d=10 b=-9 -?9999 ");
}

TEST_CASE("a report whose sum does not fit is an error") {
    std::vector<sale> const rich{{1, 9, INT64_MAX}, {1, 9, 1}};
    auto const credits = att::attribute(sales(rich), touches(visits), att::linear);
    CHECK_THROWS_AS((void)(credits | att::by(&touch::user)), std::overflow_error);
    CHECK_THROWS_AS((void)(credits | att::by(&touch::channel)).total(), std::overflow_error);
}
