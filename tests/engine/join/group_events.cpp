// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/join/group_events.hpp>

#include "support/random.hpp"
#include "support/records.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace {

using namespace attribution::detail;

template <class Time>
struct record {
    std::size_t group;
    Time at;
};

template <class Time>
constexpr auto group(std::vector<record<Time>> const& records, std::size_t groups,
                     std::size_t threads = 1) {
    return group_events<Time>(
        records.size(), [&](std::size_t row) { return records[row].group; }, groups,
        [&](std::size_t row) { return records[row].at; }, threads);
}

constexpr bool test() {
    auto const grouped =
        group<std::int64_t>({{1, 7}, {0, 5}, {1, -3}, {no_group, 1}, {1, 7}, {1, -3}}, 3);
    support::require(grouped.size() == 5 && !grouped.words.empty());
    auto const& begins = grouped.begins;
    support::require(begins.size() == 4 && begins[0] == 0 && begins[1] == 1 && begins[2] == 5 &&
                     begins[3] == 5);
    support::require(grouped[0].row == 1 && grouped[0].at == 5);
    std::array<std::size_t, 4> const rows{2, 5, 0, 4};  // equal times in the order of rows
    for (std::size_t i = 0; i < rows.size(); ++i)
        support::require(grouped[1 + i].row == rows[i] && grouped[1 + i].at == (i < 2 ? -3 : 7));
    support::require(group<std::int64_t>({}, 0).size() == 0 &&
                     group<std::int64_t>({{no_group, 3}}, 2).size() == 0);
    return true;
}
static_assert(test());

/// A time of the user's, which has no ticks.
struct minute_of_day {
    int minute = 0;
    friend constexpr auto operator<=>(minute_of_day, minute_of_day) = default;
};

/// Where a search over all events of a group from end to end finds its bounds.
template <class Time>
void check_bounds(event_groups<Time> const& grouped, std::size_t group, Time const& at) {
    auto const begin = grouped.begins[group];
    auto const end = grouped.begins[group + 1];
    auto first = begin;
    while (first < end && grouped[first].at < at)
        ++first;
    auto last = first;
    while (last < end && !(at < grouped[last].at))
        ++last;
    for (auto const hint : {begin, begin + (end - begin) / 2, end}) {
        CHECK(grouped.first_from(begin, end, at, hint) == first);
        CHECK(grouped.first_after(begin, end, at, hint) == last);
    }
}

/// Against a stable sort of all records. Returns whether each event is a word.
template <class Time>
bool check(std::vector<record<Time>> const& records, std::size_t groups, std::size_t threads) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < records.size(); ++row)
        if (records[row].group != no_group)
            rows.push_back(row);
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        return records[a].group != records[b].group ? records[a].group < records[b].group
                                                    : records[a].at < records[b].at;
    });
    auto const grouped = group(records, groups, threads);
    REQUIRE(grouped.size() == rows.size());
    REQUIRE(grouped.begins.size() == groups + 1);
    bool same = true;
    for (std::size_t i = 0; i < rows.size(); ++i)
        same = same && grouped[i].row == rows[i] && grouped[i].at == records[rows[i]].at;
    for (std::size_t i = 0; i < groups; ++i)
        for (auto position = grouped.begins[i]; position < grouped.begins[i + 1]; ++position)
            same = same && records[grouped[position].row].group == i;
    CHECK(same);
    return !grouped.words.empty();
}

}  // namespace

TEST_CASE("group_events") {
    CHECK(test());
}

TEST_CASE("group_events of many records, few and many groups, on several threads") {
    support::random_numbers random{5};
    for (std::size_t const groups : {1u, 2u, 40u, 5'000u, 100'000u})
        for (std::size_t const threads : {1u, 3u}) {
            INFO("groups " << groups << ", threads " << threads);
            std::vector<record<std::int64_t>> records;
            for (int i = 0; i < 50'000; ++i)
                records.push_back(
                    {random.chance(9) ? no_group : random.below(groups), random.between(-20, 20)});
            CHECK(check(records, groups, threads));
            records[7] = {0, std::int64_t{1} << 62};  // does not fit
            CHECK_FALSE(check(records, groups, threads));
        }
}

TEST_CASE("group_events with one large group among small ones, in and out of order") {
    support::random_numbers random{6};
    for (std::int64_t const outlier : {std::int64_t{0}, std::int64_t{1} << 33, INT64_MAX}) {
        std::vector<record<std::int64_t>> records;
        for (int i = 0; i < 30'000; ++i)
            records.push_back(
                {random.chance(2) ? 77 : random.below(20'000), random.between(-1000, 1000)});
        records[0].at = outlier;  // all others are in the first slice of the time
        CHECK(check(records, 20'000, 1) == (outlier != INT64_MAX));
        std::stable_sort(records.begin(), records.end(),
                         [](auto const& a, auto const& b) { return a.at < b.at; });
        check(records, 20'000, 2);
        std::reverse(records.begin(), records.end());
        check(records, 20'000, 1);
    }
}

TEST_CASE("group_events on both sides of what has room in a word") {
    for (int bits = 1; bits < 64; ++bits)  // of the time
        for (std::uint64_t const beyond : {0u, 1u}) {
            auto const width = (std::uint64_t{1} << bits) - 1 + beyond;
            auto const latest = [&](std::int64_t earliest) {
                return static_cast<std::int64_t>(static_cast<std::uint64_t>(earliest) + width);
            };
            for (std::int64_t const earliest :
                 {INT64_MIN, std::int64_t{-1},
                  static_cast<std::int64_t>(std::uint64_t{INT64_MAX} - width)}) {
                INFO("from " << earliest << ", " << width << " ticks");
                std::vector<record<std::int64_t>> records{{1, latest(earliest)},
                                                          {1, earliest},
                                                          {0, latest(earliest)},
                                                          {1, latest(earliest)},
                                                          {1, earliest}};  // 3 bits
                auto const as_words = bits + static_cast<int>(beyond) + 3 + 1 < 64;
                if (earliest == -1 && latest(earliest) < 0)
                    continue;
                CHECK(check(records, 2, 1) == as_words);
                auto const grouped = group(records, 2);
                for (std::size_t const which : {0u, 1u})
                    for (auto const at :
                         {INT64_MIN, earliest, earliest + 1, latest(earliest) - 1, latest(earliest),
                          std::int64_t{0}, INT64_MAX, earliest - (earliest != INT64_MIN),
                          latest(earliest) + (latest(earliest) != INT64_MAX)})
                        check_bounds(grouped, which, at);
            }
        }
}

TEST_CASE("group_events of times that one word has no room for, all on both sides of a limit") {
    support::random_numbers random{9};
    for (int bits = 48; bits <= 64;
         ++bits)  // of the time; the lower word has some of them from 52 on
        for (std::uint64_t const less : {0u, 1u}) {
            auto const width = (UINT64_MAX >> (64 - bits)) - less;
            INFO(width << " ticks");
            std::size_t const groups = 4096;
            std::vector<record<std::uint64_t>> records{{0, 3}, {0, 3 + width}};
            if (width > UINT64_MAX - 3)
                records = {{0, 0}, {0, UINT64_MAX}};
            auto const first = records[0].at;
            // A crowd of neighbours, the later ones first.
            for (std::uint64_t i = 0; i < 300; ++i)
                records.push_back({4095, first + width / 2 + (300 - i) / 3});
            for (std::uint64_t i = 0; i < 300; ++i)
                records.push_back(
                    {random.below(groups), first + std::min(width, i * (width / 299))});
            CHECK(check(records, groups, 1) == (12 + bits + 10 < 64));
            auto const grouped = group(records, groups);
            for (auto const at :
                 {std::uint64_t{0}, first + 1, first + width / 2 + 49, first + width / 2 + 50,
                  first + width / 2 + 51, first + width / 2 + 99, first + width - 1, first + width,
                  UINT64_MAX})
                for (std::size_t const which : {0u, 1u, 4095u})
                    check_bounds(grouped, which, at);
        }
}

TEST_CASE("group_events of other kinds of time") {
    support::random_numbers random{8};
    auto const check_all = [&](auto make, bool as_words) {
        using time = decltype(make(0));
        std::vector<record<time>> records;
        for (int i = 0; i < 300; ++i)
            records.push_back({random.below(7), make(random.between(0, 99))});
        CHECK(check(records, 7, 1) == as_words);
        auto const grouped = group(records, 7, 2);
        for (std::size_t which = 0; which < 7; ++which)
            for (int at = 0; at < 100; at += 9)
                check_bounds(grouped, which, make(at));
    };
    using std::chrono::sys_time, std::chrono::milliseconds;
    check_all([](std::int64_t n) { return static_cast<std::int8_t>(n - 50); }, true);
    check_all([](std::int64_t n) { return static_cast<std::uint16_t>(65'535 - n); }, true);
    check_all([](std::int64_t n) { return UINT64_MAX - static_cast<std::uint64_t>(n); }, true);
    check_all([](std::int64_t n) { return sys_time<milliseconds>{milliseconds{n - 50}}; }, true);
    check_all([](std::int64_t n) { return static_cast<double>(n) / 7; }, false);
    using fractions = std::chrono::duration<double>;
    check_all([](std::int64_t n) { return sys_time<fractions>{fractions{n}}; }, false);
    check_all([](std::int64_t n) { return minute_of_day{static_cast<int>(n)}; }, false);
}

TEST_CASE("group_events of times without ticks, more than are ranked one by one") {
    for (int const size : {24, 25, 300}) {
        std::vector<record<double>> records;
        for (int i = 0; i < size; ++i) {
            records.push_back({0, i / 2 * 0.5});             // in order, two at a time
            records.push_back({1, (size - i) / 2 * 0.5});    // backwards
            records.push_back({2, i + 1 < size ? 1. : 0.});  // in order but for the last
        }
        CHECK_FALSE(check(records, 3, 1));
    }
}

TEST_CASE("another row in an event's place") {
    for (std::int64_t const latest : {std::int64_t{9}, INT64_MAX}) {
        auto grouped = group<std::int64_t>({{0, -1}, {0, latest}, {0, latest}}, 1);
        grouped.set_row(1, 2);
        grouped.set_row(2, 1);
        CHECK(grouped[0].row == 0);
        CHECK(grouped[1].row == 2);
        CHECK(grouped[2].row == 1);
        CHECK(grouped[1].at == latest);
        CHECK(grouped[2].at == latest);
    }
}

TEST_CASE("group_events with more groups than a row's word has bits for in one part") {
    std::size_t const groups = (std::size_t{1} << 24) + 1;
    for (std::int64_t const at : {std::int64_t{5}, INT64_MAX}) {
        auto const grouped =
            group<std::int64_t>({{groups - 1, 2}, {0, at}, {groups - 1, 1}}, groups);
        CHECK(grouped.words.empty() == (at == INT64_MAX));
        auto const& begins = grouped.begins;
        CHECK(begins[1] == 1);
        CHECK(begins[2] == 1);
        CHECK(begins[groups - 1] == 1);
        REQUIRE(grouped.size() == 3);
        CHECK(grouped[1].row == 2);
        CHECK(grouped[2].row == 0);
    }
}

TEST_CASE("group_events of more rows than 40 bits number is refused") {
    CHECK_THROWS_WITH_AS(static_cast<void>(group_events<std::int64_t>(
                             std::size_t{1} << 40, [](std::size_t) { return no_group; }, 1,
                             [](std::size_t) { return std::int64_t{0}; })),
                         "join: more than 2^40 records; join them in parts, by key",
                         std::length_error);
}
