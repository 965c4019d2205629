// SPDX-License-Identifier: BSL-1.0
#include <attribution/streaming/sharded.hpp>

#include "streaming/support.hpp"

#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

using namespace support;

namespace {

auto make() {
    return att::live(touch_stream(), sale_stream(), att::linear, att::lookback(50),
                     att::allowed_lateness(tick{1'000'000}));
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
                att::touchpoint_stream<tapped>(&tapped::user, &tapped::at, &tapped::id),
                att::conversion_stream<tapped>(&tapped::user, &tapped::at, &tapped::id),
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
