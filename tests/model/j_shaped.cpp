// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/j_shaped.hpp>

#include "support/small_world.hpp"

#include <doctest/doctest.h>

namespace att = attribution;
using world::gives, world::require, world::split, world::through;

static constexpr bool test() {
    require(gives(split(100, through("a"), att::j_shaped), {100}));
    require(gives(split(100, through("ab"), att::j_shaped), {25, 75}));
    require(gives(split(100, through("abc"), att::j_shaped), {20, 20, 60}));
    require(gives(split(100, through("abcd"), att::j_shaped), {20, 10, 10, 60}));
    return true;
}
static_assert(test());
TEST_CASE("j_shaped") {
    CHECK(test());
}
