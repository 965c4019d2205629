// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/over_last_occurrence.hpp>

#include "support/small_world.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/over_distinct.hpp>
#include <attribution/model/position_decay.hpp>

#include <doctest/doctest.h>

namespace att = attribution;
using world::gives, world::require, world::split, world::through, world::touch;

static constexpr bool test() {
    auto const over = [](auto m) { return att::over_last_occurrence(&touch::channel, m); };
    require(gives(split(60, through("abab"), over(att::linear)), {0, 0, 30, 30}));
    require(gives(split(60, through("abacb"), over(att::position_decay)), {0, 0, 10, 20, 30}));
    require(gives(split(60, through("abca"), over(att::first_touch)), {0, 60, 0, 0}));
    require(gives(split(60, through("abc"), over(att::position_decay)), {10, 20, 30}));
    require(gives(split(60, through("aaaa"), over(att::linear)), {0, 0, 0, 60}));
    return true;
}
static_assert(test());
TEST_CASE("over_last_occurrence") {
    CHECK(test());
}
