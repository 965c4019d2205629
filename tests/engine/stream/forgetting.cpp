// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/forgetting.hpp>

#include "engine/stream/states.hpp"

#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/policy.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <type_traits>

using namespace support;
using namespace support::states;

namespace {

template <bool KeepsEverything = false>
auto forgetting_of(state& of, present& now, auto const& policy) {
    using policy_type = std::remove_cvref_t<decltype(policy)>;
    return att::detail::forgetting<KeepsEverything, state, present, policy_type>{of, now, policy};
}

constexpr auto five = att::lookback(tick{5});

}  // namespace

TEST_CASE("what the policy cannot reach from the horizon, or from what waits, is spare") {
    present now{touch_stream(), sale_stream()};
    state::customer_type held;
    for (tick at = 0; at < 20; ++at)
        held.touchpoints.push_back(tap(1, at, at));
    auto const spare = [&](auto const& policy, tick horizon) {
        return att::detail::spare_of<false>(held, now, policy, horizon);
    };
    CHECK(spare(five, 12).touchpoints == 7);
    CHECK(spare(att::last_touches(3), 12).touchpoints == 9);
    CHECK(att::detail::spare_of<true>(held, now, five, tick{12}).touchpoints == 0);
    held.conversions = {credited(buy(1, 4, 1)), credited(buy(1, 6, 2)), waiting(buy(1, 10, 3))};
    CHECK(spare(five, 12).touchpoints == 5);
    CHECK(spare(five, 12).conversions == 1);                  // 6 is previous to 10, within reach
    CHECK(spare(att::last_touches(3), 12).conversions == 1);  // all but the previous one
    CHECK(att::detail::spare_of<true>(held, now, five, tick{12}).conversions == 1);
}

TEST_CASE("all forgets at once, some only where a quarter can go, of two customers at a time") {
    present now{touch_stream(), sale_stream()};
    state all{{}};
    for (tick at = 0; at < 20; ++at)
        see(all, tap(1, at, at));
    see(all, tap(2, 0, 0));
    all.ids.add(7, 3, [] {});
    auto const forgets = forgetting_of(all, now, five);
    all.time.advance(9, att::detail::no_lateness{});  // 4 of 20 can go
    for (int i = 0; i < 100; ++i)
        forgets.some();
    CHECK(all.book.size() == 1);
    CHECK(customer(all, 1).touchpoints.size() == 20);
    all.time.advance(10, att::detail::no_lateness{});  // 5 of 20
    for (int i = 0; i < 100; ++i)
        forgets.some();
    CHECK(customer(all, 1).touchpoints.size() == 15);
    CHECK(all.counts.held_touchpoints == 15);
    all.time.advance(11, att::detail::no_lateness{});
    forgets.all();
    CHECK(customer(all, 1).touchpoints.size() == 14);
    CHECK(all.ids.size() == 1);  // for ever
    forgetting_of<true>(all, now, five).all();
    CHECK(customer(all, 1).touchpoints.size() == 14);
}

TEST_CASE("conversions of nobody are forgotten when there are twice as many as were kept") {
    present now{touch_stream(), sale_stream()};
    state all{{}};
    auto const forgets = forgetting_of(all, now, five);
    std::size_t most = 0;
    for (tick at = 0; at < 500; ++at) {
        all.nobody.conversions.push_back(credited(buy(0, at, at)));
        all.time.advance(at, att::detail::no_lateness{});
        forgets.some();
        most = std::max(most, all.nobody.conversions.size());
    }
    CHECK(most <= 2 * 7 + 17);
    CHECK(most > 16);
}
