// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/last.hpp>

#include "support/small_world.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

namespace att = attribution;
using world::gives, world::require, world::split, world::through, world::touch;

static constexpr bool test() {
    require(gives(split(60, through("abc"), att::over(att::last(2), att::linear)), {0, 30, 30}));
    require(gives(split(60, through("abc"), att::over(att::last(1), att::linear)), {0, 0, 60}));
    require(gives(split(60, through("abc"), att::over(att::last(9), att::linear)), {20, 20, 20}));
    // The last two clicks ('a'), against the clicks among the last two.
    auto const clicks = att::where(&touch::channel, 'a');
    require(gives(split(60, through("aabab"), att::over(att::last(2), att::linear), clicks),
                  {0, 30, 0, 30, 0}));
    require(gives(split(60, through("aabab"), att::linear, clicks && att::last_touches(2)),
                  {0, 0, 0, 60, 0}));
    return true;
}
static_assert(test());
TEST_CASE("last") {
    CHECK(test());
    CHECK_THROWS_AS(static_cast<void>(att::over(att::last(0), att::linear)), std::invalid_argument);
}
