// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/at_any_time.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <cstdint>

using namespace support;

static constexpr bool test() {
    constexpr auto log = path_at(INT64_MIN, 5, 100, INT64_MAX);
    require(split(8, log, att::linear, att::at_any_time) == gives(2, 2, 2, 2, 0));
    require(split(6, log, att::linear, att::always) == gives(2, 2, 2, 0, 0));
    require(split(8, log, att::linear, att::at_any_time && att::always) == gives(2, 2, 2, 2, 0));
    return true;
}
static_assert(test());
TEST_CASE("at_any_time") {
    CHECK(test());
}
