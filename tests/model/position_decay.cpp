// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/position_decay.hpp>

#include "support/small_world.hpp"

#include <doctest/doctest.h>

namespace att = attribution;
using world::gives, world::require, world::split, world::through;

static constexpr bool test() {
    require(gives(split(60, through("a"), att::position_decay), {60}));
    require(gives(split(60, through("abc"), att::position_decay), {10, 20, 30}));
    require(gives(split(100, through("abcd"), att::position_decay), {10, 20, 30, 40}));
    return true;
}
static_assert(test());
TEST_CASE("position_decay") {
    CHECK(test());
}
