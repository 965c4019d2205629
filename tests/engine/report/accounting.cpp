// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/accounting.hpp>

#include "support/records.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/policy.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace support;
using att::outcome;

namespace {

struct touched {
    outcome what = outcome::no_such_key;
    std::size_t part = att::no_row, conversion = att::no_row, credits = 0;
    cents amount{};
};

struct converted {
    outcome what = outcome::no_such_key;
    std::size_t part = att::no_row, path_length = 0, first_credit = 0, credits = 0;
};

template <class Journeys>
using accounting = attribution::detail::accounting<Journeys, touched, converted>;

}  // namespace

TEST_CASE(
    "a touchpoint adds up what it earned from several conversions, and is told by the furthest") {
    std::vector<sale> const book{{1, 100, 10}, {1, 200, 30}, {2, 100, 7}};
    std::vector<touch> const log{{1, 95}, {1, 150}, {3, 10}};
    auto const journeys = att::join(sales(book), touches(log));
    accounting account{journeys};
    for (std::size_t row = 0; row < book.size(); ++row)
        account.convert(row, att::linear, att::lookback(110));
    account.add_up();

    CHECK(account.touched[0].amount == 25);
    CHECK(account.touched[0].credits == 2);
    CHECK(account.touched[0].conversion == 0);
    CHECK(account.touched[1].amount == 15);
    CHECK(account.touched[1].what == outcome::credited);
    CHECK(account.touched[1].conversion == 1);
    CHECK(account.touched[2].what == outcome::no_such_key);
    CHECK(account.converted[1].path_length == 2);
    CHECK(account.converted[1].first_credit == 1);
    CHECK(account.converted[1].credits == 2);
    CHECK(account.converted[2].what == outcome::no_such_key);
    CHECK(account.converted[2].credits == 1);  // the unattributed one
    CHECK(account.credits.size() == 4);
}

TEST_CASE("without credit beside one of its instant a tie is lost, elsewhere there was no weight") {
    std::vector<sale> const book{{1, 100, 10}};
    std::vector<touch> const log{{1, 90}, {1, 95}, {1, 95}};
    auto const journeys = att::join(sales(book), touches(log));
    accounting account{journeys};
    account.convert(0, att::last_touch, att::always);
    account.add_up();
    CHECK(account.touched[0].what == outcome::zero_weight);
    CHECK(account.touched[1].what == outcome::lost_tie);
    CHECK(account.touched[2].what == outcome::credited);
}
