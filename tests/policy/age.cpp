// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/age.hpp>

#include "support/policy_suite.hpp"

#include <attribution/policy/lookback.hpp>
#include <attribution/policy/maximum_age.hpp>
#include <attribution/policy/minimum_age.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>

using namespace support;

namespace {

static_assert(att::lookback(1).window_ends && att::minimum_age(1).window_ends &&
              !att::maximum_age(1).window_ends);
static_assert(att::lookback(3).earliest(tick{8}) == 5 &&
              att::maximum_age(3).earliest(tick{8}) == 5);
static_assert(att::lookback(std::chrono::hours{1}).earliest(date::sys_seconds{}) ==
              date::sys_seconds{std::chrono::seconds{-3600}});
static_assert(att::lookback(1).earliest(INT64_MIN) == INT64_MIN);
static_assert(!att::detail::says_earliest<decltype(att::minimum_age(1)), tick>);
// What a minimum age refuses is younger.
static_assert(att::minimum_age(3).complement().length == 3);
static_assert(same_credits(!att::minimum_age(3) && att::minimum_age(3).complement(),
                           !att::minimum_age(3)));

}  // namespace

TEST_CASE("what says an age has a name, in errors too") {
    CHECK(att::lookback(1).name() == "lookback");
    CHECK(att::minimum_age(1).name() == "minimum age");
    CHECK(att::maximum_age(1).name() == "maximum age");
    CHECK_THROWS_WITH_AS((void)att::lookback(-1), "lookback: the length must not be negative",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)att::minimum_age(-1), "minimum_age: the length must not be negative",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)att::maximum_age(-1), "maximum_age: the length must not be negative",
                         std::invalid_argument);
}
