// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/settling.hpp>

#include "engine/stream/states.hpp"

#include <attribution/policy/between.hpp>
#include <attribution/policy/credited_at_most.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/records/cooldown.hpp>
#include <attribution/stream/counted_stream.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace support;
using namespace support::states;

namespace {

using given = std::vector<std::pair<std::int64_t, cents>>;  // id of the conversion, amount

/// A desk without its doors.
template <class State, class Sales, class Policy>
struct half_a_desk {
    State all{{}};
    att::detail::present<stream_of_touches, Sales> now;
    att::detail::live_crediting<stream_of_touches, Sales> credits;
    Policy policy;
    given credited{};

    half_a_desk(Sales stream, Policy p)
        : now{touch_stream(), std::move(stream)}, policy(std::move(p)) {}

    auto settles() { return att::detail::settling{all, now, credits, att::linear, policy}; }
    auto sink() {
        return [&](att::credit<cents> const& earned) {
            credited.emplace_back(now.conversion->id, earned.amount);
        };
    }
    auto* owner(int user) {
        typename State::keys::probe const key{user};
        auto* const known = all.book.find(key);
        return known ? known : &all.book.add(key);
    }
    void touch(int user, tick at) { owner(user)->second.touchpoints.push_back(tap(user, at, at)); }
    auto& hold(live_sale const& one) {
        auto& sales = owner(one.user)->second.conversions;
        return sales.emplace_back(typename State::held_conversion{{one.at, one.id}, one});
    }
    void wait(live_sale const& one) {
        hold(one);
        all.waiting.insert({one.at, {one.at, one.id}, owner(one.user)});
    }
    given advance(tick watermark) {
        all.time.advance(watermark, att::detail::no_lateness{});
        credited.clear();
        auto into = sink();
        settles().waiting(into);
        return credited;
    }
};

template <bool Remembers = false>
auto desk_with(auto stream, auto policy) {
    using state = att::detail::desk_state<stream_of_touches, decltype(stream),
                                          att::detail::for_ever, Remembers>;
    return half_a_desk<state, decltype(stream), decltype(policy)>{std::move(stream), policy};
}

}  // namespace

TEST_CASE("settling: what the watermark has passed, in the order of time") {
    auto desk = desk_with(sale_stream(), att::lookback(tick{5}));
    desk.touch(1, 3);
    desk.touch(1, 9);
    desk.wait(buy(1, 4, 40));
    desk.wait(buy(1, 9, 41));
    desk.wait(buy(2, 6, 42));
    CHECK(desk.advance(4).empty());  // a record of that very time may still come
    CHECK(desk.advance(5) == given{{40, 100}});
    CHECK(desk.advance(99) == given{{42, 100}, {41, 100}});
    CHECK(desk.all.waiting.empty());
    CHECK_FALSE(desk.owner(1)->second.conversions[0].record.has_value());
}

TEST_CASE("settling: a window that ends later is waited for") {
    auto const until_five_later = att::between(&sale::at, [](sale const& s) { return s.at + 5; });
    auto desk = desk_with(sale_stream(), until_five_later);
    desk.touch(1, 3);
    desk.touch(1, 8);
    desk.wait(buy(1, 4, 40));
    CHECK(desk.advance(9).empty());
    CHECK(desk.advance(10) == given{{40, 100}});
}

TEST_CASE("settling: if the sink throws, the conversion waits on") {
    auto desk = desk_with(sale_stream(), att::lookback(tick{5}));
    desk.wait(buy(1, 4, 40));
    desk.all.time.advance(9, att::detail::no_lateness{});
    auto refuses = [](att::credit<cents> const&) { throw std::runtime_error{"full"}; };
    CHECK_THROWS_AS(desk.settles().waiting(refuses), std::runtime_error);
    CHECK(desk.advance(9) == given{{40, 100}});
}

TEST_CASE("settling: a conversion that does not count is not credited") {
    auto desk =
        desk_with(att::counted(sale_stream(), att::cooldown(tick{5})), att::lookback(tick{50}));
    desk.touch(1, 3);
    desk.wait(buy(1, 10, 40));
    desk.wait(buy(1, 12, 41));
    desk.wait(buy(1, 20, 42));
    CHECK(desk.advance(99) == given{{40, 100}, {42, 100}});
    CHECK(desk.all.counts.not_counted == 1);
    CHECK(desk.all.waiting.empty());
}

TEST_CASE("settling: a conversion without a key counts, whatever counted before") {
    auto desk =
        desk_with(att::counted(sale_stream(), att::cooldown(tick{5})), att::lookback(tick{50}));
    for (auto const& one : {buy(0, 10, 40), buy(0, 12, 41)}) {
        desk.all.nobody.conversions.push_back({{one.at, one.id}, one});
        desk.all.waiting.insert({one.at, {one.at, one.id}, nullptr});
    }
    CHECK(desk.advance(99) == given{{40, 100}, {41, 100}});
    CHECK(desk.all.counts.not_counted == 0);
}

TEST_CASE("settling: at once, with what counted remembered only if the sink took it") {
    auto desk =
        desk_with(att::counted(sale_stream(), att::cooldown(tick{5})), att::lookback(tick{50}));
    auto const first = buy(1, 10, 40);
    auto& held = desk.hold(first);
    auto refuses = [](att::credit<cents> const&) { throw std::runtime_error{"full"}; };
    CHECK_THROWS_AS(desk.settles().at_once(desk.owner(1), 0, held, first, refuses),
                    std::runtime_error);
    CHECK(desk.owner(1)->second.counted.empty());
    desk.owner(1)->second.conversions.clear();

    auto sink = desk.sink();
    desk.settles().at_once(desk.owner(1), 0, desk.hold(first), first, sink);
    auto const second = buy(1, 12, 41);
    desk.settles().at_once(desk.owner(1), 1, desk.hold(second), second, sink);
    CHECK(desk.credited == given{{40, 100}});
    CHECK(desk.all.counts.not_counted == 1);
}

TEST_CASE("settling: what was credited is remembered for policies that ask") {
    auto desk = desk_with<true>(sale_stream(), att::credited_at_most(1));
    desk.touch(1, 3);
    desk.touch(1, 11);
    desk.wait(buy(1, 10, 40));
    desk.wait(buy(1, 12, 41, 60));
    std::vector<std::size_t> touchpoints;
    auto note = [&](att::credit<cents> const& earned) { touchpoints.push_back(earned.touchpoint); };
    desk.all.time.advance(99, att::detail::no_lateness{});
    desk.settles().waiting(note);
    CHECK(touchpoints == std::vector<std::size_t>{0, 1});  // 0 is used up by the first
}
