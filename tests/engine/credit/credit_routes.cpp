// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/credit_routes.hpp>

#include "support/records.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <utility>
#include <vector>

using namespace support;

namespace {

using namespace att::detail;

static_assert(same_end<att::first_touch_fn> && same_end<att::last_touch_fn, att::last_touch_fn>);
static_assert(!same_end<att::first_touch_fn, att::last_touch_fn> && !same_end<att::linear_fn>);

/// The conversions' rows in the order in which they are credited, and how many credits each has.
template <class Model, class Policy>
std::vector<std::pair<std::size_t, std::size_t>> visited(visiting order, Model const& m,
                                                         Policy const& p) {
    std::vector<touch> log;
    std::vector<sale> book;
    for (int i = 0; i < 100; ++i) {
        log.push_back({99 - i, 1, 'a'});
        log.push_back({99 - i, 2, 'b'});
        book.push_back({99 - i, 3, 100});
    }
    auto const journeys = att::join(sales(book), touches(log));
    std::vector<std::pair<std::size_t, std::size_t>> seen;
    auto const note = [&](att::credit<cents> const& earned) {
        if (seen.empty() || seen.back().first != earned.conversion)
            seen.push_back({earned.conversion, 0});
        ++seen.back().second;
    };
    single_credits<cents, decltype(note)> receiver{note};
    credit_routes{order, journeys, p, receiver, m}(10, 90);
    return seen;
}

template <class Model, class Policy>
void check_visits(Model const& m, Policy const& p, std::size_t credits) {
    for (auto const order : {visiting::by_row, visiting::by_customer}) {
        auto const seen = visited(order, m, p);
        REQUIRE(seen.size() == 80);
        for (std::size_t i = 0; i < seen.size(); ++i) {
            CHECK(seen[i].first == (order == visiting::by_row ? 10 + i : 99 - (10 + i)));
            CHECK(seen[i].second == credits);
        }
    }
}

}  // namespace

TEST_CASE("conversions are visited in the order wanted, by every route") {
    check_visits(att::first_touch, att::lookback(5), 1);
    check_visits(att::linear, att::lookback(5), 2);
    check_visits(att::time_decay(1), att::lookback(5), 2);
    check_visits(att::linear, att::always && att::lookback(1), 1);
}
