// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/live_options.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>

namespace att = attribution;
using namespace std::chrono_literals;

TEST_CASE("lengths of options are not negative") {
    CHECK(att::allowed_lateness(0s).length == 0s);
    CHECK_THROWS_AS((void)att::allowed_lateness(-1s), std::invalid_argument);
    CHECK_THROWS_AS((void)att::allowed_lateness(-1), std::invalid_argument);
    CHECK(att::deduplicate_conversions(2).length == 2);
    CHECK_THROWS_AS((void)att::deduplicate_conversions(-1s), std::invalid_argument);
    CHECK_THROWS_AS((void)att::deduplicate_conversions(-1), std::invalid_argument);
}
