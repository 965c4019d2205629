// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/live_options.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <type_traits>

namespace att = attribution;
using namespace std::chrono_literals;

TEST_CASE("the allowed lateness is found among the options") {
    CHECK(att::detail::lateness_among(att::at_once, att::allowed_lateness(5min)) == 5min);
    CHECK(std::is_same_v<decltype(att::detail::lateness_among(att::keep_everything)),
                         att::detail::no_lateness>);
    CHECK_THROWS_AS((void)att::allowed_lateness(-1s), std::invalid_argument);
    CHECK_THROWS_AS((void)att::allowed_lateness(-1), std::invalid_argument);
}

TEST_CASE("so is how long ids of conversions are remembered") {
    CHECK(att::detail::deduplication_among(att::at_once, att::deduplicate_conversions(90h)) == 90h);
    CHECK(std::is_same_v<decltype(att::detail::deduplication_among(att::allowed_lateness(1h),
                                                                   att::deduplicate_conversions())),
                         att::detail::for_ever>);
    CHECK(std::is_same_v<decltype(att::detail::deduplication_among(att::allowed_lateness(1h))),
                         att::detail::no_deduplication>);
    CHECK_THROWS_AS((void)att::deduplicate_conversions(-1s), std::invalid_argument);
    CHECK_THROWS_AS((void)att::deduplicate_conversions(-1), std::invalid_argument);
}
