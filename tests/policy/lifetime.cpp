// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/lifetime.hpp>

#include "support/policy_suite.hpp"

#include <attribution/policy/lookback.hpp>
#include <attribution/report/explain.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace {

using namespace support;

constexpr auto own = att::lifetime([](touch const& t) { return tick{t.usage}; });

constexpr bool test() {
    require(split(9, std::array{touch{1, 90, 'a', 10}, touch{1, 95, 'b', 4}}, att::linear, own) ==
            gives(9, 0, 0));
    require(split(9, std::array{touch{1, 100, 'a', 0}, touch{1, 100, 'b', -1}}, att::linear, own) ==
            gives(9, 0, 0));
    auto const maybe = att::lifetime(
        [](touch const& t) { return t.usage < 0 ? std::nullopt : std::optional{tick{t.usage}}; });
    require(split(8, std::array{touch{1, 0, 'a', -1}, touch{1, 98, 'b', 2}, touch{1, 99, 'b', 0}},
                  att::linear, maybe) == gives(4, 4, 0, 0));
    return policy_suite(own);
}
static_assert(test());

}  // namespace

TEST_CASE("lifetime") {
    CHECK(test());
}

TEST_CASE("a lifetime beyond the clock is no limit, one that is not a number admits nothing") {
    std::array const log{touch{1, INT64_MIN, 'a', 1}};
    CHECK(split(9, log, att::linear, att::lifetime([](touch const&) { return INT64_MAX; })) ==
          gives(0, 9));
    std::array const late{touch{1, -9, 'a', 1}};
    CHECK(split(9, late, att::linear, att::lifetime([](touch const&) { return INT64_MAX; })) ==
          gives(9, 0));
    auto const nan = [](touch const&) { return std::numeric_limits<double>::quiet_NaN(); };
    CHECK(split(9, late, att::linear, att::lifetime(nan)) == gives(0, 9));
}

TEST_CASE("explain says that a touchpoint has expired") {
    std::vector<touch> const log{{1, 90, 'a', 9}};
    std::vector<sale> const book{{1, 100, 1}};
    auto const audit =
        att::explain(sales(book), touches(log), att::linear, att::lookback(tick{30}) && own);
    CHECK(audit.touchpoint_reason(0) == "expired (lifetime)");
    CHECK(audit.touchpoints()[0].what == att::outcome::expired);
}
