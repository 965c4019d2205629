// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/over_runs.hpp>

#include "support/small_world.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

namespace att = attribution;
using world::gives, world::require, world::split, world::through, world::touch;

static constexpr bool test() {
    auto const over = [](auto m) { return att::over_runs(&touch::channel, m); };
    require(gives(split(60, through("aaabba"), over(att::linear)), {20, 0, 0, 20, 0, 20}));
    require(gives(split(60, through("aabb"), over(att::last_touch)), {0, 0, 60, 0}));
    require(gives(split(60, through("abab"), over(att::linear)), {15, 15, 15, 15}));
    return true;
}
static_assert(test());
TEST_CASE("over_runs") {
    CHECK(test());
}
