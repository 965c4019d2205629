// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/live.hpp>

#include "stream/support.hpp"

#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/maximum_age.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

using namespace support;
using att::arrival;
using att::live_counts;

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
    CHECK(desk.convert(buy(1, 11, 0), sink) == arrival::late);
    CHECK(desk.convert(buy(1, 12, 0), sink) == arrival::accepted);  // another item of that order
    CHECK(desk.convert(buy(1, 12, 2), sink) == arrival::accepted);
    CHECK(given.size() == 3);
    desk.advance(100);
    CHECK(desk.convert(buy(3, 99, 3), sink) == arrival::late);
    desk.tidy();
    CHECK(desk.counts().held_customers == 0);
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
    auto desk = att::live(orders, stream, att::linear, att::lookback(5));
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
    auto quick = att::live(orders, stream, att::linear, att::lookback(5), att::at_once);
    given.clear();
    CHECK(quick.convert({std::nullopt, 5, 5}, sink) == arrival::accepted);
    CHECK(quick.convert({std::nullopt, 4, 4}, sink) == arrival::accepted);
    CHECK(quick.convert({std::nullopt, 6, 6}, sink) == arrival::accepted);
    REQUIRE(given.size() == 3);
    CHECK(!given[2].attributed());
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

TEST_CASE("a desk of time points, text keys and text ids") {
    struct click {
        std::string user;
        date::sys_seconds at;
        std::string id;
    };
    using namespace std::chrono_literals;
    auto const at = [](auto since) { return date::sys_seconds{date::sys_days{}} + since; };
    auto desk = att::live(att::conversion_stream<click>(&click::user, &click::at, &click::id),
                          att::touchpoint_stream<click>(&click::user, &click::at, &click::id),
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

TEST_CASE("law: who has a NaN for a key is nobody, whatever is forgotten on the way") {
    struct pass {
        double user = 0;
        tick at = 0;
        std::int64_t id = 0;
        cents value = 0;
    };
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const number = [](int user) {
            return user == 0 ? std::numeric_limits<double>::quiet_NaN() : 0.5 * user;
        };
        auto desk =
            att::live(att::conversion_stream<pass>(&pass::user, &pass::at, &pass::id, &pass::value),
                      att::touchpoint_stream<pass>(&pass::user, &pass::at, &pass::id), att::linear,
                      att::lookback(world::lookback));
        auto reference = desk_of(att::lookback(world::lookback));
        std::vector<live_credit> given;
        std::vector<live_credit> expected;
        auto const keep = keeping(desk, given);
        auto const keep_expected = keeping(reference, expected);
        for (auto const& one : deliveries(w, random, 0)) {
            auto const id = static_cast<std::int64_t>(one.row);
            if (one.is_touch) {
                auto const& t = w.log[one.row];
                (void)desk.touch({number(t.user), t.at, id});
                if (t.user != 0)
                    (void)reference.touch({t, id});
            } else {
                auto const& s = w.book[one.row];
                (void)desk.convert({number(s.user), s.at, id, s.value}, keep);
                (void)reference.convert({s, id}, keep_expected);
            }
            desk.advance(one.at, keep);
            reference.advance(one.at, keep_expected);
            desk.tidy();
        }
        desk.finish(keep);
        reference.finish(keep_expected);
        std::ranges::sort(given);
        std::ranges::sort(expected);
        return given == expected;
    });
}

namespace {

/// A user's own: from 2 before the conversion to as long after it as the conversion's record says.
struct promised_policy : att::policy_tag {
    static constexpr bool decides_time = true;
    static constexpr bool window_ends = true;

    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        return att::interval<tick>{about.at() - 2, about.at() + about.conversion().value / 100};
    }
    constexpr tick earliest(tick at) const { return at - 2; }
};

/// A user's own: every touchpoint but the latest two.
struct not_the_latest_policy : att::policy_tag {
    constexpr bool operator()(auto const& s) const { return s.recency() != 0 && s.recency() > 2; }
    [[nodiscard]] constexpr auto complement() const { return att::last_touches(2); }
};

}  // namespace

TEST_CASE("a policy of your own tells a stream how long to wait and what to forget") {
    auto desk = desk_of(promised_policy{});
    std::vector<live_credit> given;
    auto const sink = keeping(desk, given);
    (void)desk.touch(tap(1, 7, 1));
    (void)desk.touch(tap(1, 8, 2));
    (void)desk.convert(buy(1, 10, 1), sink);
    desk.advance(11, sink);
    CHECK(given.empty());  // until 11
    (void)desk.touch(tap(1, 11, 3));
    desk.advance(12, sink);
    CHECK(given == std::vector<live_credit>{{1, 2, 50, 0.5}, {1, 3, 50, 0.5}});
    desk.tidy();
    CHECK(desk.counts().held_touchpoints == 1);
    desk.advance(14, sink);
    desk.tidy();
    CHECK(desk.counts().held_touchpoints == 0);
}

TEST_CASE("the complement of a policy of your own tells what its negation can forget") {
    auto desk = desk_of(!not_the_latest_policy{});
    std::vector<live_credit> given;
    auto const sink = keeping(desk, given);
    for (int id = 1; id <= 5; ++id)
        (void)desk.touch(tap(1, id, id));
    desk.advance(7, sink);
    desk.tidy();
    CHECK(desk.counts().held_touchpoints == 2);
    (void)desk.convert(buy(1, 8, 1), sink);
    desk.finish(sink);
    CHECK(given == std::vector<live_credit>{{1, 4, 50, 0.5}, {1, 5, 50, 0.5}});
}
