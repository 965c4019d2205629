// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/open_customers.hpp>

#include "support/records.hpp"

#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace support;

TEST_CASE("only customers without a conversion are open, up to the end and by the policy") {
    std::vector<touch> const log{{1, 10}, {2, 30}, {2, 10}, {3, 5}, {2, 41}};
    std::vector<sale> const book{{1, 40, 100}};
    auto const joined = att::join(sales(book), touches(log));
    attribution::detail::open_customers const customers{joined};
    CHECK(customers.size() == 2);
    std::vector<std::vector<std::size_t>> paths;
    customers.for_each_path(40, att::lookback(20), 0, customers.size(), [&](auto const& steps) {
        auto& rows = paths.emplace_back();
        for (auto const& visit : steps.visits())
            rows.push_back(visit.row);
    });
    CHECK(paths == std::vector<std::vector<std::size_t>>{{1}, {}});
    paths.clear();
    customers.for_each_path(41, att::lookback(31), 0, 1, [&](auto const& steps) {
        auto& rows = paths.emplace_back();
        for (auto const& visit : steps.visits())
            rows.push_back(visit.row);
    });
    CHECK(paths == std::vector<std::vector<std::size_t>>{{2, 1, 4}});
}

TEST_CASE("the latest time is that of either side, and there is none without records") {
    std::vector<touch> const log{{1, 10}, {2, 41}};
    std::vector<sale> const book{{1, 40, 100}};
    CHECK(attribution::detail::latest_time_in(att::join(sales(book), touches(log))) == 41);
    std::vector<touch> const none;
    CHECK(attribution::detail::latest_time_in(att::join(sales(book), touches(none))) == 40);
    std::vector<sale> const nothing;
    CHECK_FALSE(attribution::detail::latest_time_in(att::join(sales(nothing), touches(none))));
}
