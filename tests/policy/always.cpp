// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/always.hpp>

#include "support/policy_suite.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace support;

static_assert(att::policy<att::always_policy>);
static_assert(!att::detail::decides_time<att::always_policy>);
static_assert(att::always.name() == "always");

constexpr bool test() {
    auto const log = path_at(1, 99, 100, 101);
    // by the default, nothing after the conversion counts
    require(split(3, log, att::linear, att::always) == gives(1, 1, 1, 0, 0));
    require(split(3, log, att::linear, !att::always) == gives(0, 0, 0, 0, 3));
    return true;
}
static_assert(test());

static_assert(policy_suite(att::always));
static_assert(policy_suite(!att::always));

}  // namespace

TEST_CASE("always") {
    CHECK(test());
}
