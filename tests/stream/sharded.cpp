// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/sharded.hpp>

#include "stream/support.hpp"

#include <attribution/report/by.hpp>
#include <attribution/wire/partial_error.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace support;

namespace {

auto make() {
    return att::live(sale_stream(), touch_stream(), att::linear, att::lookback(50),
                     att::allowed_lateness(tick{1'000'000}));
}

/// A snapshot of the desks in which the second comes first.
std::string in_another_order(auto& desks, att::configuration const& how) {
    std::vector<std::string> each;
    desks.for_each_desk(
        [&](auto& desk) { each.push_back(desk.snapshot(how, touch_members, sale_members)); });
    std::swap(each.at(0), each.at(1));
    att::detail::byte_writer body;
    for (auto const& one : each)
        att::detail::write(body, one);
    auto named = how;
    named.more.emplace_back("desks", std::to_string(each.size()));
    return att::detail::seal({"sharded desks", "one snapshot for each desk", named}, body.bytes());
}

}  // namespace

// Also run under ThreadSanitizer, see CMakeLists.txt.
TEST_CASE("many threads feed the desks of a sharded stream, and the credits are those of one") {
    constexpr int threads = 4;
    constexpr tick each = 2000;
    att::sharded desks{8, make};
    CHECK(desks.size() == 8);
    std::mutex busy;
    std::vector<live_credit> given;
    std::vector<live_touch> log;
    std::vector<live_sale> book;
    for (int thread = 0; thread < threads; ++thread)
        for (tick i = 0; i < each; ++i) {
            auto const id = thread * each + i;
            log.push_back({touch{static_cast<int>(id * 7 % 97), i, 'a', 1}, id});
            if (i % 5 == 0)
                book.push_back({sale{static_cast<int>(id * 3 % 97), i, 1000 + i, 'x'}, id});
        }
    auto const drain = [&](tick watermark) {
        desks.for_each_desk([&](auto& desk) {
            std::vector<live_credit> some;
            desk.advance(watermark, keeping(desk, some));
            std::lock_guard const lock{busy};
            given.insert(given.end(), some.begin(), some.end());
        });
    };
    std::atomic<int> accepted = 0;
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread)
        running.emplace_back([&, thread] {
            for (auto i = static_cast<std::size_t>(thread); i < log.size(); i += threads) {
                accepted += desks.touch(log[i]) == att::arrival::accepted;
                if (i < book.size())
                    accepted += desks.convert(book[i]) == att::arrival::accepted;
                if (i % 500 == 0)
                    drain(static_cast<tick>(i));
                if (i % 700 == 0)
                    (void)desks.counts();
            }
        });
    for (auto& one : running)
        one.join();
    desks.for_each_desk([&](auto& desk) { desk.finish(keeping(desk, given)); });
    CHECK(accepted == static_cast<int>(log.size() + book.size()));
    CHECK(desks.counts().touchpoints == log.size());
    CHECK(desks.counts().waiting_conversions == 0);
    std::sort(given.begin(), given.end());
    CHECK(given == batch(log, book, att::linear, att::lookback(50)));
}

TEST_CASE("conversions without a key come to one desk, and are nobody's") {
    struct tapped {
        std::optional<int> user;
        tick at;
        int id;
    };
    att::sharded desks{
        3, [] {
            return att::live(
                att::conversion_stream<tapped>(&tapped::user, &tapped::at, &tapped::id),
                att::touchpoint_stream<tapped>(&tapped::user, &tapped::at, &tapped::id),
                att::linear, att::lookback(5));
        }};
    std::vector<att::credit<double>> given;
    auto const sink = [&](att::credit<double> const& earned) { given.push_back(earned); };
    CHECK(desks.touch({std::nullopt, 1, 1}) == att::arrival::without_key);
    CHECK(desks.convert({std::nullopt, 2, 1}, sink) == att::arrival::accepted);
    CHECK(desks.convert({std::nullopt, 2, 1}, sink) == att::arrival::duplicate);
    desks.finish(sink);
    REQUIRE(given.size() == 1);
    CHECK(!given[0].attributed());
}

TEST_CASE("sharded passes everything on") {
    att::sharded desks{2, make};
    std::size_t credits = 0;
    auto const sink = [&](auto const&) { ++credits; };
    auto const late = [](auto const&) {};
    CHECK(desks.touch({touch{1, 5}, 0}, late) == att::arrival::accepted);
    CHECK(desks.convert({sale{1, 6}, 0}, sink) == att::arrival::accepted);
    CHECK(desks.convert({sale{1, 7}, 1}, sink, late) == att::arrival::accepted);
    desks.advance(2'000'000, sink);
    CHECK(credits == 2);
    desks.tidy();
    CHECK(desks.counts().held_customers == 0);
    desks.finish(sink);
    CHECK(desks.convert({sale{1, 8'000'000}, 2}) == att::arrival::late);
    CHECK_THROWS_AS((att::sharded{0, make}), std::invalid_argument);
}

TEST_CASE("nobody has to say what sharded desks were made with") {
    auto const of_length = [](tick length) {
        return [length] {
            return att::live(sale_stream(), touch_stream(), att::linear, att::lookback(length));
        };
    };
    att::sharded desks{3, of_length(7)};
    for (int user = 0; user < 9; ++user)
        (void)desks.touch(tap(user, 1, user));
    auto const bytes = desks.snapshot(touch_members, sale_members);
    att::sharded same{3, of_length(7)};
    same.restore(bytes, touch_members, sale_members);
    CHECK(same.counts() == desks.counts());
    att::sharded longer{3, of_length(30)};
    CHECK_THROWS_AS(longer.restore(bytes, touch_members, sale_members), att::partial_error);
    CHECK(longer.counts() == att::live_counts{});
}

TEST_CASE("desks know the ids of each other's orders, also after a restart") {
    auto const make_knowing = [] {
        return att::live(sale_stream(), touch_stream(), att::linear, att::lookback(50),
                         att::deduplicate_conversions(tick{100}));
    };
    att::sharded desks{5, make_knowing};
    auto const nothing = [](auto const&) {};
    auto const sell = [&](int user, tick at, std::int64_t id) {
        return desks.convert(buy(user, at, id));
    };
    for (int id = 0; id < 20; ++id)
        CHECK(sell(id, 10, id) == att::arrival::accepted);
    auto const all_known = [&] {
        for (int id = 0; id < 20; ++id)
            for (int user = 0; user < 5; ++user)
                if (sell(user, 12, id) != att::arrival::duplicate)
                    return false;
        return true;
    };
    CHECK(all_known());
    CHECK(desks.counts().remembered_ids == 20);
    CHECK(desks.counts().duplicates == 100);

    att::configuration const how{.model = "linear", .policy = "50 ticks"};
    std::vector<std::string> snapshots;
    desks.for_each_desk(
        [&](auto& desk) { snapshots.push_back(desk.snapshot(how, touch_members, sale_members)); });
    desks = att::sharded{5, make_knowing};
    std::size_t next = 0;
    desks.for_each_desk(
        [&](auto& desk) { desk.restore(snapshots[next++], how, touch_members, sale_members); });
    CHECK(all_known());
    desks.advance(80, nothing);  // no customer is left, but their orders' ids are
    desks.tidy();
    CHECK(desks.counts().held_customers == 0);
    CHECK(desks.counts().remembered_ids == 20);
    att::sharded others{5, make_knowing};
    CHECK_THROWS_WITH_AS(
        others.restore(in_another_order(desks, how), how, touch_members, sale_members),
        doctest::Contains("another order of desks"), att::partial_error);
    desks.advance(200, nothing);
    desks.tidy();
    CHECK(desks.counts().remembered_ids == 0);
    CHECK(sell(1, 205, 1) == att::arrival::accepted);

    // One who fails is not remembered by another's desk.
    att::sharded quick{5, [] {
                           return att::live(sale_stream(), touch_stream(), att::linear,
                                            att::lookback(50), att::at_once,
                                            att::deduplicate_conversions());
                       }};
    auto const full = [](auto const&) { throw std::domain_error{"the disk is full"}; };
    for (int id = 0; id < 20; ++id) {
        CHECK_THROWS_AS((void)quick.convert(buy(1, 5, id), full), std::domain_error);
        CHECK(quick.convert(buy(2, 5, id), nothing) == att::arrival::accepted);
        CHECK(quick.convert(buy(3, 5, id), nothing) == att::arrival::duplicate);
    }
}

// Also run under ThreadSanitizer, see CMakeLists.txt.
TEST_CASE("many threads send the same orders under other customers' names, and each counts once") {
    att::sharded desks{4, [] {
                           return att::live(sale_stream(), touch_stream(), att::linear,
                                            att::lookback(50), att::deduplicate_conversions());
                       }};
    std::atomic<int> accepted = 0;
    std::vector<std::thread> running;
    for (int thread = 0; thread < 4; ++thread)
        running.emplace_back([&, thread] {
            for (int i = 0; i < 300; ++i)
                accepted += desks.convert(buy((i + thread) % 7, 10, i)) == att::arrival::accepted;
        });
    for (auto& one : running)
        one.join();
    CHECK(accepted == 300);
    CHECK(desks.counts().conversions == 300);
    CHECK(desks.counts().duplicates == 900);
}

TEST_CASE("what is called under the lock of a desk must not call the desks") {
    att::sharded desks{3, make};
    att::sharded others{3, make};
    auto const nothing = [](auto const&) {};
    CHECK(desks.touch(tap(1, 5, 1)) == att::arrival::accepted);
    CHECK(desks.convert(buy(1, 6, 1)) == att::arrival::accepted);
    auto const refused = [&](auto call) {
        auto const before = desks.counts();
        CHECK_THROWS_WITH_AS(desks.finish([&](auto const&) { call(); }),
                             "sharded: what is called under the lock of a desk, such as a sink, "
                             "must not call these desks again; collect the records, and pass "
                             "them on when the call has returned",
                             std::logic_error);
        CHECK(desks.counts() == before);
    };
    refused([&] { (void)desks.touch(tap(2, 7, 2)); });
    refused([&] { (void)desks.convert(buy(2, 7, 2)); });
    refused([&] { (void)desks.convert(buy(2, 7, 2), nothing, nothing); });
    refused([&] { desks.advance(7, nothing); });
    refused([&] { desks.finish(nothing); });
    refused([&] { desks.tidy(); });
    refused([&] { (void)desks.counts(); });
    refused([&] { desks.for_each_desk(nothing); });
    CHECK_THROWS_AS(desks.for_each_desk([&](auto&) { (void)desks.counts(); }), std::logic_error);
    CHECK_THROWS_AS((void)desks.touch(tap(1, 5, 9), [&](auto const&) { (void)desks.counts(); }),
                    std::logic_error);

    // Others are other desks'.
    desks.finish([&](auto const&) { (void)others.touch(tap(3, 7, 3)); });
    CHECK(others.counts().touchpoints == 1);
    CHECK(desks.counts().waiting_conversions == 0);
}

TEST_CASE("sharded desks go on from a snapshot of all of them, and refuse those that do not fit") {
    att::configuration const how{.model = "linear", .policy = "50"};
    auto const fill = [](auto& desks, int from, int until) {
        for (int i = from; i < until; ++i) {
            (void)desks.touch(tap(i % 7, i, i));
            (void)desks.convert(buy(i % 5, i, i));
        }
    };
    att::sharded whole{3, make};
    fill(whole, 0, 60);
    att::sharded first{3, make};
    fill(first, 0, 30);
    auto const bytes = first.snapshot(how, touch_members, sale_members);
    att::sharded second{3, make};
    second.restore(bytes, how, touch_members, sale_members);
    CHECK(second.snapshot(how, touch_members, sale_members) == bytes);
    CHECK(second.counts() == first.counts());
    fill(second, 30, 60);
    auto const total = [](auto& desks) {
        cents sum = 0;
        desks.finish(
            [&](att::credit<cents> const& one) { sum += one.attributed() ? one.amount : 0; });
        return sum;
    };
    CHECK(total(second) == total(whole));

    att::sharded two{2, make};
    CHECK_THROWS_WITH_AS(two.restore(bytes, how, touch_members, sale_members),
                         doctest::Contains("desks is '3', and here '2'"), att::partial_error);
    auto const swapped = in_another_order(first, how);
    REQUIRE(att::detail::unsealed(swapped).about == att::detail::unsealed(bytes).about);
    att::sharded third{3, make};
    CHECK_THROWS_WITH_AS(third.restore(swapped, how, touch_members, sale_members),
                         doctest::Contains("another order of desks"), att::partial_error);
    CHECK(third.counts() == att::live_counts{});
}
