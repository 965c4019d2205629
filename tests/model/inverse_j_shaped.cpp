// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/inverse_j_shaped.hpp>

#include "support/small_world.hpp"

#include <doctest/doctest.h>

namespace att = attribution;
using world::gives, world::require, world::split, world::through;

static constexpr bool test() {
    require(gives(split(100, through("a"), att::inverse_j_shaped), {100}));
    require(gives(split(100, through("ab"), att::inverse_j_shaped), {75, 25}));
    require(gives(split(100, through("abcd"), att::inverse_j_shaped), {60, 10, 10, 20}));
    return true;
}
static_assert(test());
TEST_CASE("inverse_j_shaped") {
    CHECK(test());
}
