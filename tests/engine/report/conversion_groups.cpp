// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/conversion_groups.hpp>

#include "report/lines.hpp"

#include <doctest/doctest.h>

#include <tuple>

using namespace support;

TEST_CASE("conversions are numbered by their groups, and groups have keys") {
    auto const conversions = sales(book);
    auto regions = att::by(&sale::region).bind_conversions(conversions);
    CHECK(regions(0) == 0);
    CHECK(regions(1) == 1);
    CHECK(regions(2) == 1);
    CHECK(regions(3) == 1);
    CHECK(regions.key(0) == 'y');
    CHECK(regions.key(1) == 'x');

    auto pairs = att::by(&sale::region, &sale::user).bind_conversions(conversions);
    CHECK(pairs(1) == 0);
    CHECK(pairs(3) == 1);
    CHECK(pairs(1) == 0);
    CHECK(pairs.key(1) == std::tuple{'x', 1});
}
