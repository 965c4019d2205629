// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/deduplicate_conversions.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <type_traits>

namespace att = attribution;
using namespace std::chrono_literals;

static_assert(std::is_same_v<decltype(att::deduplicate_conversions()),
                             att::conversion_deduplication<att::detail::for_ever>>);

TEST_CASE("a length for which ids are remembered is not negative") {
    CHECK(att::deduplicate_conversions(2).length == 2);
    CHECK_THROWS_AS((void)att::deduplicate_conversions(-1s), std::invalid_argument);
    CHECK_THROWS_AS((void)att::deduplicate_conversions(-1), std::invalid_argument);
}
