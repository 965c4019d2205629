// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/last_touches.hpp>

#include "support/policy_suite.hpp"

#include <attribution/policy/between.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

#include <stdexcept>

namespace {

using namespace support;

constexpr bool test() {
    require(split(9, path_at(1, 2, 3), att::linear, att::last_touches(1)) == gives(0, 0, 9, 0));
    require(split(8, path_at(3, 2, 1), att::linear, att::last_touches(2)) == gives(4, 4, 0, 0));
    require(split(9, path_at(1, 2, 3), att::linear, att::last_touches(4)) == gives(3, 3, 3, 0));
    require(split(9, path_at(5, 5, 5), att::linear, att::last_touches(1)) ==
            gives(0, 0, 9, 0));  // a tie: the later row
    require(split(9, path_at(99, 100, 101), att::linear, att::last_touches(1)) ==
            gives(0, 9, 0, 0));
    // clicks among the last two, not the last two clicks
    constexpr auto clicks = att::where(&touch::channel, 'c');
    require(split(8, path_through('c', 'c', 'v'), att::linear, clicks && att::last_touches(2)) ==
            gives(0, 8, 0, 0));
    require(split(8, path_through('c', 'v', 'v'), att::linear, att::last_touches(2) && clicks) ==
            gives(0, 0, 0, 8));
    // a window does not change who is among the last
    require(split(9, path_at(1, 99), att::linear, !att::lookback(10) && att::last_touches(1)) ==
            gives(0, 0, 9));
    // nothing after the conversion is a last touch of it, even if time is decided otherwise
    constexpr auto everything =
        att::between([](sale const&) { return tick{0}; }, [](sale const&) { return tick{900}; });
    require(split(9, path_at(99, 101), att::linear, everything && att::last_touches(2)) ==
            gives(9, 0, 0));
    require(split(9, path_at(99, 101), att::linear, everything && !att::last_touches(2)) ==
            gives(0, 9, 0));
    return policy_suite(att::last_touches(1)) && policy_suite(att::last_touches(3));
}
static_assert(test());

}  // namespace

TEST_CASE("last_touches") {
    CHECK(test());
    CHECK(att::last_touches(2).name() == "last touches");
}

TEST_CASE("last_touches refuses 0") {
    CHECK_THROWS_WITH_AS((void)att::last_touches(0), "last_touches: k must be at least 1",
                         std::invalid_argument);
}
