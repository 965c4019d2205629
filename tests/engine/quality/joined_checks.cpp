// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/quality/joined_checks.hpp>

#include "engine/quality/support.hpp"
#include "support/records.hpp"

#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <vector>

using namespace support;
using namespace quality_support;
using att::detail::marked_rows_check;

TEST_CASE("joined_checks: rows that were marked when the rule was made") {
    marked_rows_check const check{{4, 1}, 5};
    std::vector<int> const five(5);
    CHECK(broken(check, five) == rows{1, 4});
    CHECK_THROWS_WITH_AS((void)broken(check, std::vector<int>(4)),
                         "validate: a rule about joined records has to check the records that "
                         "were joined, all of them",
                         std::invalid_argument);
}

TEST_CASE("joined_checks: touchpoints in the path of some conversion") {
    std::vector<sale> const book{{1, 20, 5}, {1, 30, 5}};
    std::vector<touch> const log{
        {1, 9, 'a'}, {1, 10, 'b'}, {1, 25, 'c'}, {1, 31, 'd'}, {2, 20, 'e'}};
    auto const journeys = att::join(sales(book), touches(log));
    CHECK(att::detail::in_some_path(journeys, att::lookback(10)) ==
          std::vector<bool>{false, true, true, false, false});
}
