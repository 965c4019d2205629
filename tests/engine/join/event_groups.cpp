// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/join/event_groups.hpp>

#include "support/random.hpp"
#include "support/records.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace {

using namespace attribution::detail;

struct record {
    std::size_t group;
    std::int64_t at;
};

constexpr auto group(std::vector<record> const& records, std::size_t groups,
                     std::size_t threads = 1) {
    return group_events<std::int64_t>(
        records.size(), [&](std::size_t row) { return records[row].group; }, groups,
        [&](std::size_t row) { return records[row].at; }, threads);
}

constexpr bool test() {
    auto const grouped = group({{1, 7}, {0, 5}, {1, 3}, {no_group, 1}, {1, 7}, {1, 3}}, 3);
    support::require(grouped.events.size() == 5 && grouped.begins.size() == 4);
    auto const first = grouped.of(0);
    auto const second = grouped.of(1);
    support::require(first.size() == 1 && first[0].row == 1 && first[0].at == 5);
    support::require(second.size() == 4 && grouped.of(2).empty());
    std::array<std::size_t, 4> const rows{2, 5, 0, 4};  // equal times in the order of rows
    for (std::size_t i = 0; i < rows.size(); ++i)
        support::require(second[i].row == rows[i]);
    support::require(group({}, 0).events.empty() && group({}, 2).of(1).empty());
    return true;
}
static_assert(test());

/// Against a stable sort of all records.
void check(std::vector<record> const& records, std::size_t groups, std::size_t threads) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < records.size(); ++row)
        if (records[row].group != no_group)
            rows.push_back(row);
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        return records[a].group != records[b].group ? records[a].group < records[b].group
                                                    : records[a].at < records[b].at;
    });
    auto const grouped = group(records, groups, threads);
    REQUIRE(grouped.events.size() == rows.size());
    REQUIRE(grouped.begins.size() == groups + 1);
    bool same = true;
    for (std::size_t i = 0; i < rows.size(); ++i)
        same =
            same && grouped.events[i].row == rows[i] && grouped.events[i].at == records[rows[i]].at;
    for (std::size_t i = 0; i < groups; ++i)
        for (auto const& one : grouped.of(i))
            same = same && records[one.row].group == i;
    CHECK(same);
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
            std::vector<record> records;
            for (int i = 0; i < 50'000; ++i)
                records.push_back(
                    {random.chance(9) ? no_group : random.below(groups), random.between(-20, 20)});
            check(records, groups, threads);
        }
}

TEST_CASE("group_events with one large group among small ones, in and out of order") {
    support::random_numbers random{6};
    std::vector<record> records;
    for (int i = 0; i < 30'000; ++i)
        records.push_back({random.chance(2) ? 77 : random.below(20'000), random.between(0, 1000)});
    check(records, 20'000, 1);
    std::stable_sort(records.begin(), records.end(),
                     [](record const& a, record const& b) { return a.at < b.at; });
    check(records, 20'000, 2);
}

TEST_CASE("group_events with more groups than a row's word has bits for in one part") {
    std::size_t const groups = (std::size_t{1} << 24) + 1;
    std::vector<record> const records{{groups - 1, 2}, {0, 5}, {groups - 1, 1}};
    auto const grouped = group(records, groups);
    CHECK(grouped.of(0).size() == 1);
    CHECK(grouped.of(1).empty());
    REQUIRE(grouped.of(groups - 1).size() == 2);
    CHECK(grouped.of(groups - 1)[0].row == 2);
}

TEST_CASE("group_events of more rows than 40 bits number is refused") {
    CHECK_THROWS_WITH_AS(static_cast<void>(group_events<std::int64_t>(
                             std::size_t{1} << 40, [](std::size_t) { return no_group; }, 1,
                             [](std::size_t) { return std::int64_t{0}; })),
                         "join: more than 2^40 records; join them in parts, by key",
                         std::length_error);
}
