// SPDX-License-Identifier: BSL-1.0
#include <attribution/streaming/live.hpp>

#include "partial/support.hpp"
#include "streaming/support.hpp"

#include <attribution/partial/members.hpp>
#include <attribution/report/by.hpp>
#include <attribution/window/maximum_age.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

using namespace support;
using att::arrival;
using att::live_counts;

namespace {

auto const touch_members = att::members<live_touch>(
    &live_touch::user, &live_touch::at, &live_touch::channel, &live_touch::usage, &live_touch::id);
auto const sale_members = att::members<live_sale>(
    &live_sale::user, &live_sale::at, &live_sale::value, &live_sale::region, &live_sale::id);
att::configuration const how{.model = "linear", .policy = "5 ticks"};

live_touch tap(int user, tick at, std::int64_t id, char channel = 'a') {
    return {touch{user, at, channel, 1}, id};
}
live_sale buy(int user, tick at, std::int64_t id, cents value = 100) {
    return {sale{user, at, value, 'x'}, id};
}
auto desk_of(auto const& policy, auto... options) {
    return att::live(touch_stream(), sale_stream(), att::linear, policy, options...);
}

}  // namespace

TEST_CASE("a conversion is credited when nothing can change it any more") {
    auto desk = desk_of(att::lookback(5), att::allowed_lateness(tick{2}));
    std::vector<live_credit> given;
    auto const sink = keeping(desk, given);
    CHECK(desk.touch(tap(1, 10, 1)) == arrival::accepted);
    CHECK(desk.convert(buy(1, 12, 1), sink) == arrival::accepted);
    desk.advance(14, sink);  // 12 is still open: records of that instant may come
    CHECK(given.empty());
    CHECK(desk.touch(tap(1, 12, 2)) == arrival::accepted);  // late, but allowed
    CHECK(desk.touch(tap(1, 11, 3)) == arrival::late);
    desk.advance(15, sink);
    CHECK(given == std::vector<live_credit>{{1, 1, 50, 0.5}, {1, 2, 50, 0.5}});
    CHECK(desk.touch(tap(1, 12, 4)) == arrival::late);
    CHECK(desk.counts() == live_counts{.touchpoints = 2,
                                       .conversions = 1,
                                       .late_touchpoints = 2,
                                       .held_customers = 1,
                                       .held_touchpoints = 2});
    desk.advance(3, sink);  // time does not go back
    CHECK(desk.touch(tap(1, 12, 5)) == arrival::late);
}

TEST_CASE("at once, a conversion is credited when it comes, and closes its customer's past") {
    auto desk = desk_of(att::lookback(5), att::at_once);
    std::vector<live_credit> given;
    auto const sink = keeping(desk, given);
    CHECK(desk.touch(tap(1, 10, 1)) == arrival::accepted);
    CHECK(desk.convert(buy(1, 12, 1), sink) == arrival::accepted);
    CHECK(given == std::vector<live_credit>{{1, 1, 100, 1}});
    CHECK(desk.touch(tap(1, 12, 2)) == arrival::late);
    CHECK(desk.touch(tap(2, 12, 2)) == arrival::accepted);  // another customer
    CHECK(desk.convert(buy(1, 12, 1), sink) == arrival::duplicate);
    CHECK(desk.convert(buy(1, 12, 0), sink) == arrival::late);  // would have come before
    CHECK(desk.convert(buy(1, 12, 2), sink) == arrival::accepted);
    CHECK(given.size() == 2);
    desk.advance(100);
    CHECK(desk.convert(buy(3, 99, 3), sink) == arrival::late);
    desk.tidy();
    CHECK(desk.counts().held_customers == 0);
}

TEST_CASE("what comes again changes nothing") {
    auto desk = desk_of(att::lookback(5));
    std::vector<live_credit> given;
    for (int i = 0; i < 3; ++i) {
        (void)desk.touch(tap(1, 10, 1));
        (void)desk.convert(buy(1, 12, 1));
    }
    desk.advance(13, keeping(desk, given));
    CHECK(given == std::vector<live_credit>{{1, 1, 100, 1}});
    CHECK(desk.convert(buy(1, 12, 1)) == arrival::duplicate);  // also after it was credited
    CHECK(desk.touch(tap(1, 10, 1)) == arrival::duplicate);
    CHECK(desk.counts().duplicates == 6);
    CHECK(desk.counts().touchpoints == 1);
}

TEST_CASE("late records are handed to whoever wants them") {
    auto desk = desk_of(att::lookback(5));
    auto const nothing = [](auto const&) {};
    desk.advance(10, nothing);
    std::vector<std::int64_t> late;
    auto const keep = [&](auto const& record) { late.push_back(record.id); };
    CHECK(desk.touch(tap(1, 9, 7), keep) == arrival::late);
    CHECK(desk.touch(tap(1, 10, 8), keep) == arrival::accepted);
    CHECK(desk.convert(buy(1, 9, 9), nothing, keep) == arrival::late);
    desk.finish(nothing);
    CHECK(desk.convert(buy(1, 99, 10), nothing, keep) == arrival::late);
    CHECK(late == std::vector<std::int64_t>{7, 9, 10});
    CHECK(desk.counts().late_touchpoints == 1);
    CHECK(desk.counts().late_conversions == 2);
}

TEST_CASE("a policy that looks at what comes after the conversion waits for its window") {
    auto desk = desk_of(att::between(&sale::at, [](sale const& s) { return s.at + 5; }) &&
                        att::maximum_age(1));
    std::vector<live_credit> given;
    auto const sink = keeping(desk, given);
    (void)desk.convert(buy(1, 10, 1), sink);
    (void)desk.touch(tap(1, 15, 1));
    desk.advance(15, sink);
    CHECK(given.empty());
    (void)desk.touch(tap(1, 15, 2));
    (void)desk.touch(tap(1, 16, 3));
    desk.advance(16, sink);
    CHECK(given == std::vector<live_credit>{{1, 1, 50, 0.5}, {1, 2, 50, 0.5}});
}

TEST_CASE("memory holds what the policy can reach, and no more after a round") {
    auto const held_after = [](auto const& policy, auto... options) {
        auto desk = desk_of(policy, options...);
        auto const nothing = [](auto const&) {};
        for (tick at = 0; at < 5000; ++at) {
            (void)desk.touch(tap(static_cast<int>(at % 50), at, at));
            (void)desk.convert(buy(static_cast<int>(at % 70), at, at));
            desk.advance(at, nothing);
        }
        auto const before = desk.counts().held_touchpoints;
        desk.tidy();
        CHECK(before <= 4 * desk.counts().held_touchpoints + 100);
        return desk.counts().held_touchpoints;
    };
    CHECK(held_after(att::lookback(9)) == 10);
    CHECK(held_after(att::lookback(9), att::allowed_lateness(tick{100})) == 110);
    CHECK(held_after(att::lookback(400)) == 401);
    CHECK(held_after(att::last_touches(3)) == 151);  // the newest may have a companion yet
    CHECK(held_after(att::last_touches(3) && att::lookback(9)) == 10);
    CHECK(held_after(att::lookback(9), att::keep_everything) == 5000);
    auto desk = desk_of(att::lookback(9));
    (void)desk.touch(tap(1, 0, 0));
    (void)desk.convert(buy(1, 3, 0));
    desk.advance(13, [](auto const&) {});
    desk.tidy();
    CHECK(desk.counts().held_customers == 0);
}

TEST_CASE("conversions without a key are unattributed, touchpoints without one are nobody's") {
    struct tapped {
        std::optional<std::string> user;
        tick at;
        int id;
    };
    auto const stream = att::touchpoint_stream<tapped>(&tapped::user, &tapped::at, &tapped::id);
    auto const orders = att::conversion_stream<tapped>(&tapped::user, &tapped::at, &tapped::id);
    auto desk = att::live(stream, orders, att::linear, att::lookback(5));
    std::vector<att::credit<double>> given;
    auto const sink = [&](att::credit<double> const& earned) { given.push_back(earned); };
    CHECK(desk.touch({std::nullopt, 1, 1}) == arrival::without_key);
    CHECK(desk.touch({"ann", 1, 2}) == arrival::accepted);
    CHECK(desk.convert({std::nullopt, 2, 1}, sink) == arrival::accepted);
    CHECK(desk.convert({std::nullopt, 2, 1}, sink) == arrival::duplicate);
    CHECK(desk.convert({"ann", 2, 2}, sink) == arrival::accepted);
    desk.finish(sink);
    REQUIRE(given.size() == 2);
    CHECK(!given[0].attributed());
    CHECK(given[1].attributed());
    CHECK(desk.touch({"ann", 99, 3}) == arrival::late);  // it is over
    CHECK(desk.convert({"ann", 99, 3}, sink) == arrival::late);

    // At once, too: nobody's conversions have nobody's past to close.
    auto quick = att::live(stream, orders, att::linear, att::lookback(5), att::at_once);
    given.clear();
    CHECK(quick.convert({std::nullopt, 5, 5}, sink) == arrival::accepted);
    CHECK(quick.convert({std::nullopt, 4, 4}, sink) == arrival::accepted);
    CHECK(quick.convert({std::nullopt, 6, 6}, sink) == arrival::accepted);
    REQUIRE(given.size() == 3);
    CHECK(!given[2].attributed());
}

TEST_CASE("conversions without a key are forgotten, too, when nobody can ask for them") {
    struct order {
        std::optional<int> user;
        tick at = 0;
        int id = 0;
    };
    auto desk = att::live(att::touchpoint_stream<order>(&order::user, &order::at, &order::id),
                          att::conversion_stream<order>(&order::user, &order::at, &order::id),
                          att::linear, att::lookback(5));
    auto const form = att::members(&order::user, &order::at, &order::id);
    for (int i = 0; i < 10'000; ++i) {
        (void)desk.convert({std::nullopt, i, i});
        desk.advance(i, [](auto const&) {});
    }
    CHECK(desk.snapshot(how, form, form).size() < 1000);
}

TEST_CASE("a model's error leaves the conversion waiting") {
    bool broken = true;
    auto desk = att::live(
        touch_stream(), sale_stream(), [&](auto const&, att::weights w) { w[0] = broken ? -1 : 1; },
        att::lookback(5));
    std::vector<live_credit> given;
    (void)desk.touch(tap(1, 1, 1));
    (void)desk.convert(buy(1, 2, 1));
    CHECK_THROWS_AS(desk.advance(9, keeping(desk, given)), std::domain_error);
    CHECK(desk.counts().waiting_conversions == 1);
    broken = false;
    desk.advance(9, keeping(desk, given));
    CHECK(given == std::vector<live_credit>{{1, 1, 100, 1}});
}

TEST_CASE("at once, a conversion whose credits nobody took was not taken") {
    auto desk = desk_of(att::lookback(5), att::at_once);
    (void)desk.touch(tap(1, 1, 1));
    auto const before = desk.counts();
    for (int const user : {1, 2}) {  // known, and new
        auto const full = [](auto const&) { throw std::domain_error{"the disk is full"}; };
        CHECK_THROWS_AS((void)desk.convert(buy(user, 2, 1), full), std::domain_error);
        CHECK(desk.counts() == before);
    }
    std::vector<live_credit> given;
    CHECK(desk.convert(buy(1, 2, 1), keeping(desk, given)) == arrival::accepted);
    CHECK(given == std::vector<live_credit>{{1, 1, 100, 1}});
    CHECK(desk.counts() != before);
}

TEST_CASE("a policy's window that ends before it begins leaves the conversion unattributed") {
    auto desk = desk_of(att::between(&sale::at, [](sale const& s) { return s.at - 1; }) &&
                        att::maximum_age(9));
    std::vector<live_credit> given;
    (void)desk.touch(tap(1, 9, 1));
    (void)desk.touch(tap(1, 10, 2));
    (void)desk.convert(buy(1, 10, 1));
    desk.advance(11, keeping(desk, given));
    CHECK(given == std::vector<live_credit>{{1, -1, 100, 1}});
}

TEST_CASE("numbers that are none are refused") {
    struct moment {
        int user;
        double at;
        double value;
    };
    auto desk = att::live(
        att::touchpoint_stream<moment>(&moment::user, &moment::at, &moment::user),
        att::conversion_stream<moment>(&moment::user, &moment::at, &moment::user, &moment::value),
        att::linear, att::lookback(5.0));
    double const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS((void)desk.touch({1, nan, 0}), std::domain_error);
    CHECK_THROWS_AS((void)desk.convert({1, nan, 0}), std::domain_error);
    CHECK_THROWS_AS((void)desk.convert({1, 1, nan}), std::domain_error);
    CHECK_THROWS_AS(desk.advance(nan, [](auto const&) {}), std::domain_error);
    CHECK(desk.counts() == live_counts{});
}

TEST_CASE("damaged snapshots are refused, and the desk goes on") {
    auto desk = desk_of(att::lookback(5), att::allowed_lateness(tick{2}));
    for (tick at = 0; at < 9; ++at) {
        (void)desk.touch(tap(static_cast<int>(at % 2), at, at));
        (void)desk.convert(buy(static_cast<int>(at % 3), at, at));
    }
    desk.advance(7, [](auto const&) {});
    auto const bytes = desk.snapshot(how, touch_members, sale_members);
    auto other = desk_of(att::lookback(5), att::allowed_lateness(tick{2}));
    (void)other.touch(tap(1, 1, 1));
    auto const before = other.snapshot(how, touch_members, sale_members);
    refuses_all_damage(bytes, [&](std::string const& damaged) {
        other.restore(damaged, how, touch_members, sale_members);
    });
    CHECK(other.snapshot(how, touch_members, sale_members) == before);
    other.restore(bytes, how, touch_members, sale_members);
    CHECK(other.counts() == desk.counts());

    random_numbers random{11};
    auto const about = att::about_partial(bytes);
    auto const size = bytes.size();
    for (int i = 0; i < 3000; ++i) {  // with a good checksum: an error or a desk, never worse
        auto damaged = bytes;
        auto const body = 8 + 4 + 4 + about.size() + 8 + 8;
        for (auto n = 1 + random.below(3); n > 0; --n)
            damaged[body + random.below(size - body - 8)] = static_cast<char>(random.bits() % 256);
        damaged.resize(size - 8);
        att::detail::byte_writer sum;
        sum.fixed(att::stable_hash(damaged));
        auto fresh = desk_of(att::lookback(5), att::allowed_lateness(tick{2}));
        if (fault_of(
                [&] { fresh.restore(damaged + sum.bytes(), how, touch_members, sale_members); }))
            continue;
        (void)fresh.touch(tap(1, 8, 5));
        fresh.finish([](auto const&) {});
        fresh.tidy();
    }
}

TEST_CASE("a snapshot with a number that is none is refused as damaged") {
    struct moment {
        int user = 0;
        double at = 0;
        double value = 0;
    };
    auto const make = [] {
        return att::live(att::touchpoint_stream<moment>(&moment::user, &moment::at, &moment::user),
                         att::conversion_stream<moment>(&moment::user, &moment::at, &moment::user,
                                                        &moment::value),
                         att::linear, att::lookback(5.0));
    };
    auto const form = att::members(&moment::user, &moment::at, &moment::value);
    auto desk = make();
    desk.advance(0.125, [](auto const&) {});
    (void)desk.convert({1, 2.5, 0.25});
    auto const bytes = desk.snapshot(how, form, form);
    for (double const number : {0.125, 2.5, 0.25}) {  // the watermark, the time, the value
        att::detail::byte_writer good;
        att::detail::write(good, number);
        auto const place = bytes.find(good.bytes());
        REQUIRE(place != bytes.npos);
        att::detail::byte_writer damaged;
        damaged.raw(std::string_view{bytes}.substr(0, place));
        att::detail::write(damaged, std::numeric_limits<double>::quiet_NaN());
        damaged.raw(std::string_view{bytes}.substr(place + 8, bytes.size() - place - 16));
        damaged.fixed(att::stable_hash(damaged.bytes()));
        auto other = make();
        CHECK(fault_of([&] { other.restore(damaged.bytes(), how, form, form); }) ==
              att::partial_fault::corrupt);
        CHECK(other.counts() == live_counts{});
    }
}

TEST_CASE("snapshots of another desk are refused with what differs") {
    auto desk = desk_of(att::lookback(5), att::allowed_lateness(tick{2}));
    auto const bytes = desk.snapshot(how, touch_members, sale_members);
    auto slower = desk_of(att::lookback(5), att::allowed_lateness(tick{3}));
    CHECK_THROWS_WITH(slower.restore(bytes, how, touch_members, sale_members),
                      "partial: these results are of another configuration: allowed lateness is "
                      "'2, int64', and here '3, int64'");
}

TEST_CASE("a snapshot needs the members that key, time, id and value are read from") {
    auto desk = desk_of(att::lookback(5));
    auto const refuses = [&](auto const& touch_form, auto const& sale_form) {
        CHECK_THROWS_WITH_AS((void)desk.snapshot(how, touch_form, sale_form),
                             "live: members(...) of a snapshot must hold what the record's key, "
                             "time, id and value are read from",
                             std::invalid_argument);
    };
    (void)desk.touch(tap(2, 3, -4));
    CHECK_NOTHROW((void)desk.snapshot(how, touch_members, sale_members));
    refuses(att::members<live_touch>(&live_touch::at, &live_touch::id), sale_members);
    refuses(att::members<live_touch>(&live_touch::user, &live_touch::id), sale_members);
    refuses(att::members<live_touch>(&live_touch::user, &live_touch::at), sale_members);
    (void)desk.touch(tap(2, 3, 4));
    refuses(att::members<live_touch>(&live_touch::user, &live_touch::at), sale_members);
    (void)desk.convert(buy(2, 3, 4, 5));
    CHECK_NOTHROW((void)desk.snapshot(how, touch_members, sale_members));
    refuses(touch_members,
            att::members<live_sale>(&live_sale::at, &live_sale::id, &live_sale::value));
    refuses(touch_members,
            att::members<live_sale>(&live_sale::user, &live_sale::id, &live_sale::value));
    refuses(touch_members,
            att::members<live_sale>(&live_sale::user, &live_sale::at, &live_sale::value));
    refuses(touch_members,
            att::members<live_sale>(&live_sale::user, &live_sale::at, &live_sale::id));
}

TEST_CASE("a snapshot whose records are of other customers than it says is refused") {
    struct pass {
        std::optional<int> user;
        std::optional<int> payer;
        tick at = 0;
        int id = 0;
    };
    auto const form = att::members(&pass::user, &pass::payer, &pass::at, &pass::id);
    auto const by = [](auto key) {
        return att::live(att::touchpoint_stream<pass>(key, &pass::at, &pass::id),
                         att::conversion_stream<pass>(key, &pass::at, &pass::id), att::linear,
                         att::lookback(5));
    };
    auto const fault = [&](pass const& one) {
        auto from = by(&pass::user);
        (void)from.convert(one);
        auto to = by(&pass::payer);
        return fault_of([&] { to.restore(from.snapshot(how, form, form), how, form, form); });
    };
    CHECK(fault({1, 1, 2, 3}) == std::nullopt);
    CHECK(fault({std::nullopt, std::nullopt, 2, 3}) == std::nullopt);
    CHECK(fault({1, 2, 2, 3}) == att::partial_fault::corrupt);
    CHECK(fault({1, std::nullopt, 2, 3}) == att::partial_fault::corrupt);
    CHECK(fault({std::nullopt, 1, 2, 3}) == att::partial_fault::corrupt);
}

TEST_CASE("a desk of time points, text keys and text ids") {
    struct click {
        std::string user;
        date::sys_seconds at;
        std::string id;
    };
    using namespace std::chrono_literals;
    auto const at = [](auto since) { return date::sys_seconds{date::sys_days{}} + since; };
    auto desk = att::live(att::touchpoint_stream<click>(&click::user, &click::at, &click::id),
                          att::conversion_stream<click>(&click::user, &click::at, &click::id),
                          att::last_touch, att::lookback(1h), att::allowed_lateness(5min));
    (void)desk.touch({"ann", at(10min), "b"});
    (void)desk.touch({"ann", at(10min), "a"});  // stands before b
    (void)desk.convert({"ann", at(20min), "o"});
    std::string winner;
    desk.advance(at(30min), [&](auto const& earned) { winner = desk.touchpoint(earned).id; });
    CHECK(winner == "b");
    CHECK(desk.convert({"ann", at(24min), "p"}) == arrival::late);
    CHECK(desk.convert({"ann", at(25min), "p"}) == arrival::accepted);
}
