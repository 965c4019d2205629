// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/allowed_lateness.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>

namespace att = attribution;
using namespace std::chrono_literals;

TEST_CASE("a lateness is not negative") {
    CHECK(att::allowed_lateness(0s).length == 0s);
    CHECK_THROWS_AS((void)att::allowed_lateness(-1s), std::invalid_argument);
    CHECK_THROWS_AS((void)att::allowed_lateness(-1), std::invalid_argument);
}
