// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/restating.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/report/difference.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace support;

TEST_CASE("a change of value that no part can hold is refused") {
    std::vector<touch> const log{{1, 1, 'a', 1}};
    std::vector<sale> const most{{1, 2, std::numeric_limits<cents>::max(), 'x'}};
    std::vector<sale> const least{{1, 2, std::numeric_limits<cents>::min(), 'x'}};
    auto const before = att::attribute(sales(least), touches(log), att::linear, att::always);
    auto const after = att::attribute(sales(most), touches(log), att::linear, att::always);
    CHECK_THROWS_AS(
        (void)att::difference(before, after, &sale::user, &touch::user, &touch::channel),
        std::overflow_error);
    CHECK(att::difference(after, after, &sale::user, &touch::user, &touch::channel).empty());
}
