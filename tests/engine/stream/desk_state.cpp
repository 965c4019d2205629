// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/desk_state.hpp>

#include "engine/stream/states.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <utility>
#include <vector>

using namespace support;
using namespace support::states;

TEST_CASE("what is taken over waits in the order in which it can be credited") {
    state all{{}};
    for (int const user : {2, 1}) {
        state::customer_type held;
        held.touchpoints = {tap(user, 1, 1), tap(user, 2, 2)};
        held.conversions = {credited(buy(user, 3, 1)), waiting(buy(user, 5, 2)),
                            waiting(buy(user, 9 - user, 3))};
        auto& owner = all.book.add(state::keys::probe{user});
        all.take_over(std::move(held), &owner);
        CHECK(all.customer_of(&owner).conversions.size() == 3);
        CHECK(all.previous(&owner, 1, owner.second.conversions[1].when) == 3);
    }
    state::customer_type none;
    none.conversions = {waiting(buy(0, 5, 2))};
    all.take_over(std::move(none), nullptr);
    CHECK(&all.customer_of(nullptr) == &all.nobody);
    CHECK(all.previous(nullptr, 0, all.nobody.conversions[0].when) == std::nullopt);

    std::vector<std::pair<tick, int>> order;
    for (auto const& one : all.waiting)
        order.emplace_back(one.closes, one.owner ? one.owner->first : 0);
    CHECK(order == std::vector<std::pair<tick, int>>{{5, 0}, {5, 1}, {5, 2}, {7, 2}, {8, 1}});
    auto const seen = all.seen();
    CHECK(seen.held_customers == 2);
    CHECK(seen.held_touchpoints == 4);
    CHECK(seen.waiting_conversions == 5);
}

TEST_CASE("states are swapped, and deadlines stay those of their customers") {
    state a{{}};
    state b{{}};
    state::customer_type held;
    held.conversions = {waiting(buy(1, 5, 2))};
    auto& owner = a.book.add(state::keys::probe{1});
    a.take_over(std::move(held), &owner);
    a.time.advance(4, att::detail::no_lateness{});
    a.ids.add(2, 5, [] {});
    a.counts.conversions = 1;
    auto const before = a.seen();
    a.swap(b);
    CHECK(a.seen() == att::live_counts{});
    CHECK(!a.time.has_passed(3));
    CHECK(b.seen() == before);
    CHECK(b.time.has_passed(3));
    CHECK(b.waiting.begin()->owner == b.book.find(state::keys::probe{1}));
}
