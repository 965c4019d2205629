// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/refunding.hpp>

#include <attribution/engine/credit/sale_index.hpp>
#include <attribution/records/conversions.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

namespace att = attribution;

namespace {

struct refund {
    int order;
    double at;
    double value;
};

auto undone(std::vector<refund> const& log) {
    return att::conversions(log, &refund::order, &refund::at, &refund::value);
}
using refunds_type = decltype(undone(std::declval<std::vector<refund> const&>()));

/// Two sales, 7 and 8, of one credit each.
att::taken_credits<double> taken(std::vector<refund> const& log) {
    auto const refunds = undone(log);
    att::detail::sale_index<int, refunds_type> sales;
    sales.add(7);
    sales.add(8);
    att::detail::refunding refunding{sales, refunds};
    for (std::size_t row = 0; row < 2; ++row)
        if (refunding.concerns(row))
            refunding.add(row, 5, 5, 10.0, 1.0);
    return refunding.take_all([](std::size_t, double) {});
}

}  // namespace

TEST_CASE("refunds are taken in the order of time, then of rows") {
    std::vector<refund> const log{{7, 2, -1}, {7, 1, -1}, {7, 2, -1}};
    CHECK(att::detail::by_time(undone(log)) == std::vector<std::size_t>{1, 0, 2});
    CHECK(taken(log).refund == std::vector<std::size_t>{1, 0, 2});
}

TEST_CASE("refunds without a sale, and of more than it gave, are told by row") {
    auto const result = taken({{9, 1, -1}, {8, 1, -11}, {8, 2, -1}});
    CHECK(result.unmatched == std::vector<std::size_t>{0});
    CHECK(result.excessive == std::vector<std::size_t>{1, 2});
    REQUIRE(result.credits.size() == 3);
    CHECK(result.credits[0].conversion == 1);
    CHECK(result.credits[0].touchpoint == 5);
    CHECK(result.credits[0].amount == -10);
    CHECK(!result.credits[1].attributed());
}

TEST_CASE("refunds that are not numbers are refused by row") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS((void)taken({{7, 1, -1}, {7, 1, nan}}),
                         "take_back: the value of the refund in row 1 is not a finite number",
                         std::domain_error);
    CHECK_THROWS_AS((void)taken({{7, nan, -1}}), std::domain_error);
}
