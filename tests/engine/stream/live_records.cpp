// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/live_records.hpp>

#include "stream/support.hpp"

#include <doctest/doctest.h>

using namespace support;

TEST_CASE("rows of a desk are what it is looking at") {
    att::detail::present now{touch_stream(), sale_stream()};
    att::detail::live_touchpoints const touches{now};
    att::detail::live_conversions const sales{now};
    CHECK(touches.size() == 0);
    CHECK(sales.size() == 0);
    std::vector<live_touch> const path{{touch{1, 2}, 0}, {touch{1, 4}, 1}, {touch{1, 4}, 2}};
    live_sale const one{sale{1, 4, 99}, 7};
    now.touches = path;
    now.conversion = &one;
    CHECK(touches.size() == 3);
    CHECK(sales.size() == 1);
    CHECK(touches.time(1) == 4);
    CHECK(touches[2].id == 2);
    CHECK(touches.key(0) == 1);
    CHECK(sales.value(0) == 99);
    CHECK(sales.time(0) == 4);
    CHECK(sales.key(0) == 1);
    att::detail::live_times const times{touches};
    CHECK(times.before(tick{2}) == 0);
    CHECK(times.before(tick{4}) == 1);
    CHECK(times.not_after(tick{4}) == 3);
    CHECK(times.not_after(tick{1}) == 0);
}
