// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/join/grouped_timelines.hpp>

#include "engine/join/timelines.hpp"

#include <date/date.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

using namespace support;

namespace {

template <class Conversions, class Touchpoints>
constexpr auto grouped(Conversions const& c, Touchpoints const& t, std::size_t threads = 1) {
    return att::detail::grouped_timelines<Conversions, Touchpoints>{c, t, threads};
}

constexpr bool test() {
    timelines_suite(grouped(sales(timeline_book), touches(timeline_log)));
    timelines_suite(grouped(att::conversions(timeline_book, as_pair, &sale::at),
                            att::touchpoints(timeline_log, as_pair, &touch::at)));
    return true;
}
static_assert(test());

struct order {
    std::optional<std::int64_t> id;
    tick at;
};

/// A key whose hash has a value of its own choice; without a default.
struct device {
    int number;
    std::size_t hash;
    device(int of_device, std::size_t its_hash) : number{of_device}, hash{its_hash} {}
    friend bool operator==(device const& a, device const& b) { return a.number == b.number; }
};

}  // namespace

template <>
struct std::hash<device> {
    std::size_t operator()(device const& one) const { return one.hash; }
};

namespace {

/// How many touchpoints each conversion of these keys finds.
std::vector<std::size_t> found(std::vector<std::optional<std::int64_t>> const& orders,
                               std::vector<std::optional<std::int64_t>> const& clicks,
                               std::size_t threads) {
    std::vector<order> book;
    std::vector<order> log;
    for (auto const& id : orders)
        book.push_back({id, 5});
    for (auto const& id : clicks)
        log.push_back({id, 1});
    auto const lines = grouped(att::conversions(book, &order::id, &order::at),
                               att::touchpoints(log, &order::id, &order::at), threads);
    std::vector<std::size_t> counts;
    for (std::size_t row = 0; row < book.size(); ++row) {
        auto const whose = lines.customer_of(row);
        counts.push_back(lines.first_after(whose, 9, 0) - lines.first_from(whose, 0, 0));
    }
    std::vector<std::size_t> by_customer(book.size(), 0);
    lines.for_each_conversion(att::detail::visiting::by_customer, 0, book.size(),
                              [&](std::size_t row, tick, auto const& previous, auto const& whose) {
                                  by_customer[row] = lines.first_after(whose, 9, 0) -
                                                     lines.first_from(whose, 0, 0);
                                  CHECK(previous.get() == lines.previous(row));
                              });
    CHECK(by_customer == counts);
    return counts;
}

}  // namespace

TEST_CASE("grouped timelines") {
    CHECK(test());
}

TEST_CASE("keys close together, far apart, at the limits and missing") {
    using list = std::vector<std::size_t>;
    for (std::size_t const threads : {1u, 3u}) {
        INFO("threads " << threads);
        CHECK(found({7, 8, 7, std::nullopt, std::nullopt}, {8, 7, 8, std::nullopt, 6, 9},
                    threads) == list{1, 2, 1, 0, 0});
        CHECK(found({INT64_MIN, INT64_MAX}, {INT64_MAX, INT64_MIN, 0}, threads) == list{1, 1});
        CHECK(found({INT64_MIN, INT64_MIN + 1}, {INT64_MAX, INT64_MIN + 1}, threads) == list{0, 1});
        CHECK(found({1'000'000'000'000, 3}, {3, 3, 1'000'000'000'000, 4}, threads) == list{1, 2});
        CHECK(found({-1, -3, std::nullopt}, {-3, 0, -3, -2}, threads) == list{0, 2, 0});
        CHECK(found({-3, 4}, {4, -3, 4, 0}, threads) == list{1, 2});
        CHECK(found({std::nullopt}, {std::nullopt, 0}, threads) == list{0});
        CHECK(found({}, {1}, threads).empty());
        CHECK(found({1}, {}, threads) == list{0});
    }
}

TEST_CASE("keys that are looked up: of more records than one part takes") {
    struct visit {
        std::string user;
        tick at;
    };
    std::vector<visit> log;
    for (tick at = 0; at < 40'000; ++at)
        log.push_back({at % 4 == 0 ? "often" : at == 39'999 ? "late" : "nobody", at});
    std::vector<visit> const book{{"late", 50'000}, {"often", 20'000}, {"never", 0}, {"often", 9}};
    for (std::size_t const threads : {1u, 3u}) {
        INFO("threads " << threads);
        auto const lines = grouped(att::conversions(book, &visit::user, &visit::at),
                                   att::touchpoints(log, &visit::user, &visit::at), threads);
        std::vector<std::size_t> counts;
        for (std::size_t row = 0; row < book.size(); ++row) {
            auto const whose = lines.customer_of(row);
            counts.push_back(lines.first_after(whose, 50'000, 0) - lines.first_from(whose, 0, 0));
        }
        CHECK(counts == std::vector<std::size_t>{1, 10'000, 0, 10'000});
        CHECK(lines.touch(lines.first_from(lines.customer_of(0), 0, 0)).row == 39'999);
        CHECK(lines.previous(1) == tick{9});
        CHECK(!lines.previous(3));
    }
}

TEST_CASE("keys that are looked up: with hashes that say nothing") {
    struct view {
        device from;
        tick at;
    };
    // What is scattered to the number of no group. (n becomes 1 / 0x9e37'79b9'7f4a'7c15 in 64 bits.)
    std::uint64_t n = 1;
    for (int i = 0; i < 6; ++i)
        n *= 2 - 0x9e37'79b9'7f4a'7c15U * n;
    auto const no_group = static_cast<std::size_t>(n * 0xffff'ffff'0000'0000U);
    if constexpr (sizeof(std::size_t) == 8)
        CHECK(att::detail::scatter(no_group) == att::detail::no_group);
    for (std::size_t const hash : {std::size_t{7}, no_group})
        for (std::size_t const threads : {1u, 3u}) {
            INFO("hash " << hash << ", threads " << threads);
            std::vector<view> const log{{{1, hash}, 1}, {{2, hash}, 2}, {{1, hash}, 3}};
            for (int const other : {1, 2, 3}) {  // one key, two, one that has no touchpoint
                std::vector<view> const book{{{1, hash}, 4}, {{other, hash}, 4}};
                auto const lines = grouped(att::conversions(book, &view::from, &view::at),
                                           att::touchpoints(log, &view::from, &view::at), threads);
                std::vector<std::size_t> counts;
                for (std::size_t row = 0; row < book.size(); ++row) {
                    auto const whose = lines.customer_of(row);
                    counts.push_back(lines.first_after(whose, 4, 0) -
                                     lines.first_from(whose, 0, 0));
                }
                std::size_t const of_others[]{2, 1, 0};
                CHECK(counts == std::vector<std::size_t>{2, of_others[other - 1]});
            }
        }
}

TEST_CASE("conversions in the order of their rows, more than are read ahead") {
    auto const by_call = [](order const& one) { return one.id; };
    auto const check = [](std::vector<order> const& book, std::vector<order> const& log, auto key) {
        auto const lines = grouped(att::conversions(book, key, &order::at),
                                   att::touchpoints(log, key, &order::at));
        std::size_t next = 0;
        lines.for_each_conversion(
            att::detail::visiting::by_row, 0, book.size(),
            [&](std::size_t row, tick at, auto const& previous, auto const& whose) {
                auto const& own = book[row].id;
                std::size_t until_now = 0;
                for (auto const& one : log)
                    until_now += own && one.id == own && one.at <= at ? 1U : 0U;
                std::optional<tick> before;
                for (auto const& one : book)
                    if (own && one.id == own && one.at < at)
                        before = before ? std::max(*before, one.at) : one.at;
                CHECK(row == next++);
                CHECK(at == book[row].at);
                CHECK(lines.first_after(whose, at, 0) - whose.begin == until_now);
                CHECK(previous.get() == before);
            });
        CHECK(next == book.size());
    };
    for (std::int64_t const distance :
         {1, 1'000'000})  // of the keys: numbers as they are, or looked up
        for (bool const one_word : {true, false}) {  // for an event
            INFO("distance " << distance << ", one word " << one_word);
            std::vector<order> book;
            std::vector<order> log;
            for (int i = 0; i < 70; ++i) {
                auto const id =
                    i % 5 == 0 ? std::nullopt : std::optional{distance * (i * i % 11 - 4)};
                book.push_back({id, 1000 - i});
                log.push_back({id, 900 + 3 * i});
            }
            if (!one_word) {
                book.push_back({distance, INT64_MIN});
                book.push_back({distance, INT64_MAX});
                log.push_back({distance, INT64_MIN});
                log.push_back({distance, INT64_MAX});
            }
            check(book, log, &order::id);
            check(book, log, by_call);
        }
}

TEST_CASE("times beyond the other side's clock are in the order (time, row) of their own") {
    using namespace date::literals;
    struct day {
        int user;
        date::sys_days at;
    };
    struct instant {
        int user;
        date::sys_time<std::chrono::nanoseconds> at;
    };
    // More than a sort moves one by one, so that it would mix up what it takes for equal.
    std::vector<day> plans;
    for (int i = 0; i < 60; ++i)
        plans.push_back({1, date::sys_days{9999_y / 12 / (i % 3 == 0 ? 30 : 31)}});
    std::vector<instant> const clicks{{1, date::sys_days{2026_y / 3 / 5}}};
    auto const lines = grouped(att::conversions(plans, &day::user, &day::at),
                               att::touchpoints(clicks, &instant::user, &instant::at));
    std::vector<std::size_t> expected(plans.size());
    std::iota(expected.begin(), expected.end(), std::size_t{0});
    std::stable_sort(expected.begin(), expected.end(),
                     [&](std::size_t a, std::size_t b) { return plans[a].at < plans[b].at; });
    std::vector<std::size_t> visited;
    lines.for_each_conversion(
        att::detail::visiting::by_customer, 0, plans.size(),
        [&](std::size_t row, auto const&, auto const&, auto const&) { visited.push_back(row); });
    CHECK(visited == expected);
}
