// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/counted_stream.hpp>

#include "stream/support.hpp"

#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/records/cooldown.hpp>
#include <attribution/records/once_per.hpp>
#include <attribution/stream/sharded.hpp>
#include <attribution/wire/partial_error.hpp>

#include <doctest/doctest.h>

using namespace support;

namespace {

auto desk_with(auto const& rule, auto... options) {
    return att::live(att::counted(sale_stream(), rule), touch_stream(), att::linear,
                     att::lookback(7), options...);
}
att::configuration const how{.model = "linear", .policy = "7"};

}  // namespace

TEST_CASE("an install within 90 days of the last that counted gets no credits") {
    auto desk = desk_with(att::cooldown(90));
    std::vector<live_credit> given;
    for (auto const& [at, id] : {std::pair{0, 0}, {60, 1}, {100, 2}}) {
        (void)desk.touch(tap(1, at, id));
        (void)desk.convert(buy(1, at, id));
    }
    desk.finish(keeping(desk, given));
    CHECK(given == std::vector<live_credit>{{0, 0, 100, 1.0}, {2, 2, 100, 1.0}});
    CHECK(desk.counts().not_counted == 1);
    CHECK(desk.counts().conversions == 3);
    CHECK(desk.counts().waiting_conversions == 0);
}

TEST_CASE("whether a conversion counts is decided by time, whatever comes first") {
    auto desk = desk_with(att::cooldown(90), att::allowed_lateness(50));
    std::vector<live_credit> given;
    (void)desk.convert(buy(1, 60, 1));
    (void)desk.convert(buy(1, 20, 0));
    desk.finish(keeping(desk, given));
    REQUIRE(given.size() == 1);
    CHECK(std::get<0>(given[0]) == 0);
}

TEST_CASE("what counted is forgotten when it cannot matter any more, and not before") {
    auto desk = desk_with(att::cooldown(90));
    std::vector<live_credit> given;
    (void)desk.convert(buy(1, 0, 0));
    desk.advance(90, keeping(desk, given));
    desk.tidy();
    CHECK(desk.counts().held_customers == 1);
    auto other = desk_with(att::cooldown(90));
    other.restore(desk.snapshot(how, touch_members, sale_members), how, touch_members,
                  sale_members);
    (void)other.convert(buy(1, 90, 1));
    other.finish(keeping(other, given));
    CHECK(other.counts().not_counted == 1);
    desk.advance(91, keeping(desk, given));
    desk.tidy();
    CHECK(desk.counts().held_customers == 0);
}

TEST_CASE("the last conversion that counts is remembered behind one that does not") {
    auto desk = att::live(att::counted(sale_stream(), att::once_per(&live_sale::region, 90)),
                          touch_stream(), att::linear,
                          att::since_previous_conversion && att::last_touches(2));
    std::vector<live_credit> given;
    auto const keep = keeping(desk, given);
    auto elsewhere = buy(1, 40, 3);
    elsewhere.region = 'y';
    for (tick const at : {6, 8, 12})
        (void)desk.touch(tap(1, at, at));
    (void)desk.convert(buy(1, 10, 1));
    (void)desk.convert(buy(1, 20, 2));  // the second one in its region
    desk.advance(30, keep);
    desk.tidy();
    (void)desk.convert(elsewhere);
    given.clear();
    desk.finish(keep);
    CHECK(given == std::vector<live_credit>{{3, 12, 100, 1.0}});  // 8 was before the one at 10
    CHECK(desk.counts().not_counted == 1);
}

TEST_CASE("a snapshot knows by which rules conversions counted") {
    auto const bytes = desk_with(att::cooldown(90)).snapshot(how, touch_members, sale_members);
    auto other = desk_with(att::cooldown(30));
    CHECK_THROWS_WITH_AS(other.restore(bytes, how, touch_members, sale_members),
                         doctest::Contains("cooldown 90"), att::partial_error);
    auto plain = desk_of(att::lookback(7));
    CHECK_THROWS_AS(plain.restore(bytes, how, touch_members, sale_members), att::partial_error);
}

TEST_CASE("at once: what a sink refuses has not counted, and is not remembered") {
    auto desk = desk_with(att::cooldown(90), att::at_once);
    std::vector<live_credit> given;
    auto const refuse = [](auto const&) { throw std::runtime_error{"full"}; };
    CHECK_THROWS_AS((void)desk.convert(buy(1, 0, 0), refuse), std::runtime_error);
    (void)desk.convert(buy(1, 5, 1), keeping(desk, given));
    (void)desk.convert(buy(1, 6, 2), keeping(desk, given));
    CHECK(given.size() == 1);
    CHECK(desk.counts().not_counted == 1);
}

TEST_CASE("on many threads, what does not count is added up") {
    att::sharded desks{3, [] { return desk_with(att::cooldown(90)); }};
    for (int user = 0; user < 9; ++user) {
        (void)desks.convert(buy(user, 0, 2 * user));
        (void)desks.convert(buy(user, 5, 2 * user + 1));
    }
    std::size_t credits = 0;
    desks.finish([&](auto const&) { ++credits; });
    CHECK(credits == 9);
    CHECK(desks.counts().not_counted == 9);
}
