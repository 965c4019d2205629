// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/maximum_age.hpp>

#include "support/policy_suite.hpp"

#include <attribution/policy/between.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <chrono>

using namespace support;

namespace {

constexpr auto any_time = att::between(att::no_limit, att::no_limit);

constexpr bool test() {
    policy_suite(att::maximum_age(3));
    policy_suite(any_time && att::maximum_age(3));
    require(same_credits(att::maximum_age(3), att::lookback(3)));
    require(same_credits(any_time && att::maximum_age(INT64_MAX), any_time));
    auto const log = path_at(96, 97, 100, 105);
    require(split(9, log, att::linear, att::maximum_age(3)) == gives(0, 5, 4, 0, 0));
    require(split(9, log, att::linear, att::maximum_age(0)) == gives(0, 0, 9, 0, 0));
    require(split(9, log, att::linear, any_time && att::maximum_age(3)) == gives(0, 3, 3, 3, 0));
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("maximum_age") {
    CHECK(test());
    CHECK_THROWS_AS((void)att::maximum_age(std::chrono::hours{-1}), std::invalid_argument);
    CHECK(att::maximum_age(1).name() == "maximum age");
}
