// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/live_desk.hpp>

#include "stream/shop.hpp"
#include "stream/support.hpp"

#include <attribution/policy/after_previous_conversion.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/maximum_age.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/stream/sharded.hpp>
#include <attribution/wire/members.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace support;
using namespace support::shop_desks;
using att::arrival;
using att::live_counts;

namespace {

/// A key that has a hash and no order.
struct badge {
    int number = 0;
    bool operator==(badge const&) const = default;
};

}  // namespace

template <>
struct std::hash<badge> {
    std::size_t operator()(badge const& of) const { return std::hash<int>{}(of.number); }
};

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

TEST_CASE("conversions without a key are forgotten, too, when nobody can ask for them") {
    struct order {
        std::optional<int> user;
        tick at = 0;
        int id = 0;
    };
    auto desk = att::live(att::conversion_stream<order>(&order::user, &order::at, &order::id),
                          att::touchpoint_stream<order>(&order::user, &order::at, &order::id),
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
        sale_stream(), touch_stream(), [&](auto const&, att::weights w) { w[0] = broken ? -1 : 1; },
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

TEST_CASE("times and values that are not numbers are refused") {
    struct moment {
        int user;
        double at;
        double value;
    };
    auto desk = att::live(
        att::conversion_stream<moment>(&moment::user, &moment::at, &moment::user, &moment::value),
        att::touchpoint_stream<moment>(&moment::user, &moment::at, &moment::user), att::linear,
        att::lookback(5.0));
    double const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS((void)desk.touch({1, nan, 0}), std::domain_error);
    CHECK_THROWS_AS((void)desk.convert({1, nan, 0}), std::domain_error);
    CHECK_THROWS_AS((void)desk.convert({1, 1, nan}), std::domain_error);
    CHECK_THROWS_AS(desk.advance(nan, [](auto const&) {}), std::domain_error);
    CHECK(desk.counts() == live_counts{});
}

TEST_CASE("an order that is sent again counts once if the id alone decides") {
    auto const check = [](auto make, bool at_once) {
        auto desk = make();
        std::string said;
        auto const sell = [&](char const* id, std::optional<std::string> user, tick at) {
            return desk.convert({id, std::move(user), at, 9'000}, saying(desk, said));
        };
        CHECK(desk.touch({"t1", "ann", 1, 'a'}) == arrival::accepted);
        CHECK(sell("o1", "ann", 5) == arrival::accepted);
        CHECK(sell("o1", "ann", 5) == arrival::duplicate);
        CHECK(sell("o1", "ann", 6) == arrival::duplicate);
        CHECK(sell("o1", "bob", 7) == arrival::duplicate);
        CHECK(sell("o1", std::nullopt, 7) == arrival::duplicate);
        desk = restarted(desk, make());
        CHECK(sell("o1", "ann", 8) == arrival::duplicate);
        CHECK(desk.counts().duplicates == 5);
        CHECK(desk.counts().remembered_ids == 1);
        CHECK(desk.counts().held_customers == 1);
        desk.finish(saying(desk, said));
        CHECK(said == "o1 ann a 9000, ");
        CHECK(desk.counts().conversions == 1);
        CHECK(at_once == desk.credits_at_once);
    };
    check([] { return shop(att::lookback(30), att::deduplicate_conversions()); }, false);
    check([] { return shop(att::lookback(30), att::deduplicate_conversions(10)); }, false);
    check([] { return shop(att::lookback(30), att::deduplicate_conversions(10), att::at_once); },
          true);
}

TEST_CASE("an id is remembered for a length behind the watermark") {
    auto const nothing = [](auto const&) {};
    auto desk =
        shop(att::lookback(5), att::deduplicate_conversions(100), att::allowed_lateness(10));
    CHECK(desk.convert({"o1", "ann", 50, 1}) == arrival::accepted);
    CHECK(desk.convert({"o1", "ann", 151, 1}) == arrival::accepted);  // a new order of that id
    CHECK(desk.convert({"o1", "ann", 251, 1}) == arrival::duplicate);
    desk.advance(160, nothing);
    CHECK(desk.convert({"o1", "bob", 150, 1}) == arrival::duplicate);
    desk.tidy();
    CHECK(desk.counts().remembered_ids == 2);
    desk.advance(161, nothing);
    desk.tidy();
    CHECK(desk.counts().remembered_ids == 1);

    auto busy = shop(att::lookback(5), att::deduplicate_conversions(100));
    std::uint64_t most = 0;
    for (tick at = 0; at < 5'000; ++at) {
        (void)busy.convert({std::to_string(at), "ann", at, 1});
        busy.advance(at, nothing);
        most = std::max(most, busy.counts().remembered_ids);
    }
    CHECK(most <= 250);
}

TEST_CASE("a conversion that was not taken is not remembered") {
    auto desk = shop(att::lookback(5), att::deduplicate_conversions(), att::at_once);
    auto const full = [](auto const&) { throw std::domain_error{"the disk is full"}; };
    CHECK_THROWS_AS((void)desk.convert({"o1", "ann", 5, 1}, full), std::domain_error);
    CHECK(desk.counts() == live_counts{});
    CHECK(desk.convert({"o1", "bob", 6, 1}, [](auto const&) {}) == arrival::accepted);
    CHECK(desk.convert({"o2", "bob", 5, 1}, [](auto const&) {}) == arrival::late);
    CHECK(desk.convert({"o2", "bob", 6, 1}, [](auto const&) {}) == arrival::accepted);
}

TEST_CASE("records without an id are never taken for each other") {
    auto const make = [] { return shop(att::lookback(30), att::deduplicate_conversions()); };
    auto desk = make();
    for (char const channel : {'a', 'b'})
        CHECK(desk.touch({std::nullopt, "ann", 1, channel}) == arrival::accepted);
    CHECK(desk.touch({"t", "ann", 1, 'c'}) == arrival::accepted);
    CHECK(desk.touch({std::nullopt, "ann", 1, 'd'}) == arrival::accepted);
    desk = restarted(desk, make());
    for (cents const value : {400, 800})
        CHECK(desk.convert({std::nullopt, "ann", 5, value}) == arrival::accepted);
    CHECK(desk.convert({std::nullopt, std::nullopt, 5, 3}) == arrival::accepted);
    CHECK(desk.convert({std::nullopt, std::nullopt, 5, 4}) == arrival::accepted);
    desk = restarted(desk, make());
    CHECK(desk.convert({std::nullopt, "ann", 5, 1'200}) == arrival::accepted);
    CHECK(desk.counts().duplicates == 0);
    CHECK(desk.counts().remembered_ids == 0);
    std::string said;
    desk.advance(6, saying(desk, said));
    CHECK(said == "- - - 3, - - - 4, "
                  "- ann a 100, - ann b 100, - ann d 100, - ann c 100, "
                  "- ann a 200, - ann b 200, - ann d 200, - ann c 200, "
                  "- ann a 300, - ann b 300, - ann d 300, - ann c 300, ");
}

TEST_CASE("a NaN is no id, nor is a null pointer to text") {
    struct pass {
        int user = 0;
        tick at = 0;
        double id = 0;
        char const* name = nullptr;
    };
    double const nan = std::numeric_limits<double>::quiet_NaN();
    auto const check = [&](auto id) {
        auto desk = att::live(att::conversion_stream<pass>(&pass::user, &pass::at, id),
                              att::touchpoint_stream<pass>(&pass::user, &pass::at, id), att::linear,
                              att::lookback(5));
        std::string const a = "a";
        std::string const same = "a";
        CHECK(desk.touch({1, 1, nan, nullptr}) == arrival::accepted);
        CHECK(desk.touch({1, 1, nan, nullptr}) == arrival::accepted);
        CHECK(desk.touch({1, 1, 0.5, a.c_str()}) == arrival::accepted);
        CHECK(desk.touch({1, 1, 0.5, same.c_str()}) == arrival::duplicate);
        CHECK(desk.convert({1, 2, nan, nullptr}) == arrival::accepted);
        CHECK(desk.convert({1, 2, nan, nullptr}) == arrival::accepted);
        CHECK(desk.convert({1, 2, 0.5, a.c_str()}) == arrival::accepted);
        CHECK(desk.convert({1, 2, 0.5, same.c_str()}) == arrival::duplicate);
        int credits = 0;
        desk.finish([&](auto const&) { ++credits; });
        CHECK(credits == 9);
    };
    check(&pass::id);
    check(&pass::name);

    auto const form = att::members(&pass::user, &pass::at, &pass::id);
    auto const make = [] {
        return att::live(att::conversion_stream<pass>(&pass::user, &pass::at, &pass::id),
                         att::touchpoint_stream<pass>(&pass::user, &pass::at, &pass::id),
                         att::linear, att::lookback(5));
    };
    auto desk = make();
    for (int i = 0; i < 2; ++i) {
        (void)desk.touch({1, 1, nan});
        (void)desk.convert({1, 2, nan});
    }
    auto other = make();
    other.restore(desk.snapshot(how, form, form), how, form, form);
    CHECK(other.counts() == desk.counts());
}

TEST_CASE("nobody's conversion that waits can be written, also if nobody is a NaN") {
    struct pass {
        double user = 0;
        tick at = 0;
        int id = 0;
    };
    auto const form = att::members(&pass::user, &pass::at, &pass::id);
    auto const make = [] {
        return att::live(att::conversion_stream<pass>(&pass::user, &pass::at, &pass::id),
                         att::touchpoint_stream<pass>(&pass::user, &pass::at, &pass::id),
                         att::linear, att::lookback(5));
    };
    auto desk = make();
    (void)desk.convert({std::numeric_limits<double>::quiet_NaN(), 1, 1});
    auto other = make();
    other.restore(desk.snapshot(how, form, form), how, form, form);
    CHECK(other.counts().waiting_conversions == 1);
}

TEST_CASE("equal ids of several customers at one instant come in the order of their keys") {
    auto const make = [] { return shop(att::lookback(30)); };
    std::vector<std::optional<std::string>> users{std::nullopt, "ann", "bob", "eve"};
    do {
        for (bool const restart : {false, true})
            for (std::optional<std::string> const& id :
                 {std::optional<std::string>{"1"}, std::optional<std::string>{}}) {
                auto desk = make();
                for (auto const& user : users)
                    (void)desk.convert({id, user, 10, 1});
                if (restart)
                    desk = restarted(desk, make());
                std::string said;
                desk.advance(11, [&](att::credit<cents> const& earned) {
                    said += desk.conversion(earned).user.value_or("-") + ' ';
                });
                CHECK(said == "- ann bob eve ");
            }
    } while (std::next_permutation(users.begin(), users.end()));
}

TEST_CASE("keys that are only hashed have an order, too") {
    struct pass {
        badge user;
        tick at = 0;
        int id = 0;
    };
    auto const run = [](std::vector<int> const& users) {
        auto desk = att::live(att::conversion_stream<pass>(&pass::user, &pass::at, &pass::id),
                              att::touchpoint_stream<pass>(&pass::user, &pass::at, &pass::id),
                              att::linear, att::lookback(5));
        for (int const user : users)
            (void)desk.convert({{user}, 1, 1});
        std::vector<int> order;
        desk.finish(
            [&](auto const& earned) { order.push_back(desk.conversion(earned).user.number); });
        return order;
    };
    CHECK(run({1, 2, 3}) == run({3, 1, 2}));
    CHECK(run({1, 2, 3}) == run({2, 3, 1}));
}

TEST_CASE("items of one order have the same previous conversion") {
    auto const touches = [](auto& desk) {
        for (auto const& [at, channel] : {std::pair{1, 'a'}, std::pair{3, 'b'}, std::pair{8, 'c'}})
            (void)desk.touch({std::to_string(at), "ann", at, channel});
    };
    std::string const right = "o1/1 ann a 3000, o1/1 ann b 3000, o1/2 ann a 2000, o1/2 ann b 2000, "
                              "o2 ann c 5000, ";
    auto const bounded = att::after_previous_conversion && att::maximum_age(tick{100});
    for (bool const restart : {false, true}) {
        auto desk = shop(bounded);
        touches(desk);
        (void)desk.convert({"o1/2", "ann", 5, 4'000});
        (void)desk.convert({"o1/1", "ann", 5, 6'000});
        (void)desk.convert({"o2", "ann", 9, 5'000});
        std::string said;
        if (restart) {
            desk.advance(6, saying(desk, said));
            desk = restarted(desk, shop(bounded));
            desk.tidy();
        }
        desk.finish(saying(desk, said));
        CHECK(said == right);
    }
    // The predecessor is kept as long as an item of the next order waits.
    auto desk = shop(
        att::after_previous_conversion && att::last_touches(5) &&
        att::between([](order const&) { return tick{0}; },
                     [](order const& sold) { return sold.at + (sold.id == "o2/2" ? 20 : 0); }));
    touches(desk);
    (void)desk.convert({"o1", "ann", 5, 4'000});
    (void)desk.convert({"o2/1", "ann", 9, 100});
    (void)desk.convert({"o2/2", "ann", 9, 200});
    std::string said;
    desk.advance(20, saying(desk, said));
    desk.tidy();
    desk.finish(saying(desk, said));
    CHECK(said == "o1 ann a 2000, o1 ann b 2000, o2/1 ann c 100, o2/2 ann c 200, ");
}

TEST_CASE("a sink that tells its desk something is refused, and the desk goes on") {
    auto const check = [](char const* what, auto call) {
        CAPTURE(what);
        auto desk = shop(att::lookback(30));
        auto quick = shop(att::lookback(30), att::at_once);
        (void)desk.touch({"t1", "ann", 1, 'a'});
        (void)quick.touch({"t1", "ann", 1, 'a'});
        (void)desk.convert({"o1", "ann", 5, 100});
        auto const before = desk.counts();
        auto const before_quick = quick.counts();
        auto const* const says =
            "live: a sink, model or policy must not change its own desk while the desk calls it; "
            "collect the records, and pass them on when convert(...), advance(...) or "
            "finish(...) has returned";
        CHECK_THROWS_WITH_AS(desk.advance(10, [&](auto const&) { call(desk); }), says,
                             std::logic_error);
        CHECK(desk.counts() == before);
        CHECK_THROWS_WITH_AS(
            (void)quick.convert({"o1", "ann", 5, 100}, [&](auto const&) { call(quick); }), says,
            std::logic_error);
        CHECK(quick.counts() == before_quick);
        std::string said;
        desk.advance(10, saying(desk, said));
        (void)quick.convert({"o1", "ann", 5, 100}, saying(quick, said));
        CHECK(said == "o1 ann a 100, o1 ann a 100, ");
    };
    auto const nothing = [](auto const&) {};
    auto const whole = [](auto& desk) { return desk.snapshot(how, click_members, order_members); };
    check("touch", [](auto& desk) { (void)desk.touch({"t2", "ann", 20, 'b'}); });
    check("convert", [&](auto& desk) { (void)desk.convert({"o2", "ann", 20, 1}, nothing); });
    check("advance", [&](auto& desk) { desk.advance(99, nothing); });
    check("finish", [&](auto& desk) { desk.finish(nothing); });
    check("tidy", [](auto& desk) { desk.tidy(); });
    check("snapshot", [&](auto& desk) { (void)whole(desk); });
    check("restore", [](auto& desk) { desk.restore("", how, click_members, order_members); });
}

TEST_CASE("a sink may read its desk, and who takes late records may tell it more") {
    auto desk = shop(att::lookback(30));
    (void)desk.touch({"t1", "ann", 1, 'a'});
    (void)desk.convert({"o1", "ann", 5, 100});
    std::uint64_t waiting = 0;
    desk.advance(10, [&](auto const&) { waiting = desk.counts().waiting_conversions; });
    CHECK(waiting == 1);
    auto const place_again = [&](click record) {
        record.at = 20;
        CHECK(desk.touch(std::move(record)) == arrival::accepted);
    };
    CHECK(desk.touch({"t2", "ann", 2, 'b'}, place_again) == arrival::late);
    CHECK(desk.counts().touchpoints == 2);
    CHECK(desk.counts().late_touchpoints == 1);
}

TEST_CASE("a late record that nobody could take was not counted") {
    auto desk = shop(att::lookback(30));
    auto const nothing = [](auto const&) {};
    desk.advance(10, nothing);
    auto const full = [](auto const&) { throw std::domain_error{"the disk is full"}; };
    CHECK_THROWS_AS((void)desk.touch({"t1", "ann", 1, 'a'}, full), std::domain_error);
    CHECK_THROWS_AS((void)desk.convert({"o1", "ann", 1, 1}, nothing, full), std::domain_error);
    CHECK(desk.counts() == live_counts{});
}

TEST_CASE("conversions beyond the clock of touchpoints follow one another as they are") {
    using std::chrono::nanoseconds;
    struct click {
        int user;
        date::sys_time<nanoseconds> at;
        int id;
    };
    struct order {
        int user;
        date::sys_days at;
        int id;
    };
    constexpr date::sys_days first{date::year{9999} / 12 / 30};
    auto const run = [&](auto... options) {
        auto desk = att::live(att::conversion_stream<order>(&order::user, &order::at, &order::id),
                              att::touchpoint_stream<click>(&click::user, &click::at, &click::id),
                              att::linear, att::since_previous_conversion && att::last_touches(2),
                              options...);
        std::vector<std::pair<int, bool>> given;
        auto const keep = [&](auto const& one) {
            given.emplace_back(desk.conversion(one).id, one.attributed());
        };
        CHECK(desk.touch({1, date::sys_days{date::year{2026} / 1 / 1}, 1}) ==
              att::arrival::accepted);
        CHECK(desk.convert({1, first, 7}, keep) == att::arrival::accepted);
        CHECK(desk.convert({1, first + date::days{1}, 7}, keep) == att::arrival::accepted);
        CHECK(desk.convert({1, first, 8}, keep) ==
              (desk.credits_at_once ? att::arrival::late : att::arrival::accepted));
        desk.finish(keep);
        return given;
    };
    CHECK(run() == std::vector{std::pair{7, true}, std::pair{8, true}, std::pair{7, false}});
    CHECK(run(att::at_once) == std::vector{std::pair{7, true}, std::pair{7, false}});
}

TEST_CASE("a conversion without a key has the same desk before keys are merged and after") {
    att::sharded desks{3, [] { return shop(att::lookback(5)); }};
    CHECK(desks.convert({"o1", std::nullopt, 2, 10}) == arrival::accepted);
    (void)desks.merge("anon", "ann");
    CHECK(desks.convert({"o1", std::nullopt, 2, 10}) == arrival::duplicate);
    CHECK(desks.convert({"o2", std::nullopt, 2, 10}) == arrival::accepted);
    CHECK(desks.counts().waiting_conversions == 2);
}

TEST_CASE("a snapshot of all desks at once has the ids that each remembers") {
    auto const make = [] { return shop(att::lookback(5), att::deduplicate_conversions()); };
    att::sharded desks{3, make};
    auto const sell = [](auto& to, char const* user, int id) {
        return to.convert({"o" + std::to_string(id), user, 2, 10});
    };
    for (int id = 0; id < 9; ++id)
        CHECK(sell(desks, "ann", id) == arrival::accepted);
    att::sharded same{3, make};
    same.restore(desks.snapshot(how, click_members, order_members), how, click_members,
                 order_members);
    CHECK(same.counts() == desks.counts());
    CHECK(same.counts().remembered_ids == 9);
    for (int id = 0; id < 9; ++id)
        CHECK(sell(same, "bob", id) == arrival::duplicate);
}
