// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/touchpoint_groups.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>
#include <vector>

using namespace support;
namespace detail = attribution::detail;

TEST_CASE("touchpoints of one group have one number") {
    std::vector<touch> const log{{1, 1, 'a'}, {1, 2, 'b'}, {2, 3, 'a'}};
    std::vector<sale> const book{{1, 9, 10}};
    auto const touchpoints = touches(log);
    auto const conversions = sales(book);
    detail::touchpoint_groups<char touch::*, decltype(conversions), decltype(touchpoints)> groups{
        &touch::channel, "the group of touchpoint row "};
    auto const first = groups.number(conversions, touchpoints, 0, 0);
    CHECK(groups.number(conversions, touchpoints, 0, 2) == first);
    CHECK(groups.number(conversions, touchpoints, 0, 1) != first);
    CHECK(groups.key(first) == 'a');
    CHECK(groups.number('a') == first);
}

TEST_CASE(
    "a report refuses values that are no numbers and rows that do not exist in its own name") {
    struct order {
        int user;
        int at;
        double value;
    };
    std::vector<order> const book{{1, 1, 2.5}, {1, 1, std::numeric_limits<double>::infinity()}};
    auto const conversions = att::conversions(book, &order::user, &order::at, &order::value);
    CHECK(detail::finite_value(conversions, 0, "influence") == 2.5);
    CHECK_THROWS_WITH_AS((void)detail::finite_value(conversions, 1, "influence"),
                         "influence: the value of conversion row 1 is not a finite number",
                         std::domain_error);
    CHECK_NOTHROW(detail::check_row(1, 2, "influence", "touchpoint"));
    CHECK_THROWS_WITH_AS(detail::check_row(2, 2, "influence", "touchpoint"),
                         "influence: a path is of touchpoint row 2, and there are 2; give it paths "
                         "of the records that it was made with",
                         std::out_of_range);
}
