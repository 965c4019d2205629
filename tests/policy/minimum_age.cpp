// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/minimum_age.hpp>

#include "support/small_world.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

namespace att = attribution;
using world::at_times, world::gives, world::require, world::split;

static constexpr bool test() {
    require(gives(split(60, at_times({80, 90, 91, 100}), att::linear, att::minimum_age(10)),
                  {30, 30, 0, 0}));
    require(
        gives(split(60, at_times({80, 100, 101}), att::linear, att::minimum_age(0)), {30, 30, 0}));
    require(gives(
        split(60, at_times({70, 80, 95}), att::linear, att::minimum_age(10) && att::lookback(20)),
        {0, 60, 0}));
    return true;
}
static_assert(test());

TEST_CASE("law: minimum_age") {
    CHECK(test());
    CHECK_THROWS_AS(static_cast<void>(att::minimum_age(-1)), std::invalid_argument);
    support::for_all_worlds([](support::random_numbers& random) {
        // The rest of a lookback one tick shorter.
        auto const drawn = world::draw(random);
        auto const age = random.between(1, 20);
        return world::credits(drawn, att::linear, att::minimum_age(age)) ==
               world::credits(drawn, att::linear, !att::lookback(age - 1));
    });
}
