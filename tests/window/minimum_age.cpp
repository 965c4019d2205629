// SPDX-License-Identifier: BSL-1.0
#include <attribution/window/minimum_age.hpp>

#include "support/small_world.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/window/lookback.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

namespace att = attribution;
using namespace std::chrono_literals;
using world::at_times, world::gives, world::require, world::split;

static constexpr bool test() {
    require(gives(split(60, at_times({80, 90, 91, 100}), att::linear, att::minimum_age(10)),
                  {30, 30, 0, 0}));
    require(
        gives(split(60, at_times({80, 100, 101}), att::linear, att::minimum_age(0)), {30, 30, 0}));
    require(gives(
        split(60, at_times({70, 80, 95}), att::linear, att::minimum_age(10) && att::lookback(20)),
        {0, 60, 0}));
    // Coarse times, fine length: 1 ms before second 10 is in second 9.
    date::sys_seconds const ten{10s};
    require(att::detail::latest_before(ten, 1ms) == date::sys_seconds{9s});
    require(att::detail::latest_before(ten, 0ms) == ten);
    require(att::detail::latest_before(ten, 1min) == date::sys_seconds{-50s});
    require(att::detail::latest_before(std::int64_t{INT64_MIN}, std::int64_t{1}) == INT64_MIN);
    // Lengths that are no whole number of ticks, and at the ends of the clock.
    require(att::detail::latest_before(std::int64_t{10}, 1.5) == 8);
    require(att::detail::latest_before(std::int64_t{-10}, 1.5) == -12);
    require(att::detail::latest_before(std::int64_t{10}, 2.0) == 8);
    require(att::detail::latest_before(std::int64_t{INT64_MIN}, 0.5) == INT64_MIN);
    require(att::detail::latest_before(std::int64_t{INT64_MAX}, 1e300) == INT64_MIN);
    require(att::detail::latest_before(ten, std::chrono::duration<double>{0.5}) ==
            date::sys_seconds{9s});
    require(att::detail::latest_before(10.0, 1.5) == 8.5);
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
