// SPDX-License-Identifier: BSL-1.0
#include <attribution/streaming/live_options.hpp>

#include <doctest/doctest.h>

#include <chrono>

namespace att = attribution;
using namespace std::chrono_literals;

TEST_CASE("the allowed lateness is found among the options") {
    CHECK(att::detail::lateness_among(att::at_once, att::allowed_lateness(5min)) == 5min);
    CHECK(std::is_same_v<decltype(att::detail::lateness_among(att::keep_everything)),
                         att::detail::no_lateness>);
    CHECK_THROWS_AS((void)att::allowed_lateness(-1s), std::invalid_argument);
    CHECK_THROWS_AS((void)att::allowed_lateness(-1), std::invalid_argument);
}
