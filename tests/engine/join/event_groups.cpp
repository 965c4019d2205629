// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/join/event_groups.hpp>

#include <doctest/doctest.h>

#include <compare>
#include <cstddef>
#include <cstdint>

namespace {

using namespace attribution::detail;

/// A time of the user's, which has no ticks.
struct minute_of_day {
    int minute = 0;
    friend constexpr auto operator<=>(minute_of_day, minute_of_day) = default;
};

/// Two groups by hand: rows 3 and 0 at -3 and row 2 at 5 in the first, row 1 at 4 in the second.
template <class Time>
event_groups<Time> with_begins() {
    event_groups<Time> result;
    for (auto const begin : {0U, 3U, 4U})
        result.begins.push_back(begin);
    return result;
}

event_groups<std::int64_t> in_words() {
    auto result = with_begins<std::int64_t>();
    result.earliest = static_cast<std::uint64_t>(-3);
    result.layout = {8, 4};
    for (auto const word : {result.layout.word(0, 0, 3), result.layout.word(0, 0, 0),
                            result.layout.word(0, 8, 2), result.layout.word(1, 7, 1)})
        result.words.push_back(word);
    return result;
}

event_groups<std::int64_t> in_pairs() {
    auto result = with_begins<std::int64_t>();
    result.earliest = static_cast<std::uint64_t>(-3);
    result.wide_layout = {1, UINT64_MAX};
    for (auto const& pair : {result.wide_layout.word(0, 0, 3), result.wide_layout.word(0, 0, 0),
                             result.wide_layout.word(0, 8, 2), result.wide_layout.word(1, 7, 1)})
        result.wide.push_back(pair);
    return result;
}

event_groups<minute_of_day> as_they_are() {
    auto result = with_begins<minute_of_day>();
    for (auto const& one : {event<minute_of_day>{{-3}, 3}, event<minute_of_day>{{-3}, 0},
                            event<minute_of_day>{{5}, 2}, event<minute_of_day>{{4}, 1}})
        result.wide.push_back(one);
    return result;
}

template <class Time>
void check(event_groups<Time> grouped) {
    REQUIRE(grouped.size() == 4);
    CHECK(grouped[0].row == 3);
    CHECK(grouped[1].at == Time{-3});
    CHECK(grouped[2].at == Time{5});
    CHECK(grouped[3].row == 1);
    for (std::size_t hint = 0; hint <= 3; ++hint) {
        CHECK(grouped.first_from(0, 3, Time{-4}, hint) == 0);
        CHECK(grouped.first_from(0, 3, Time{-3}, hint) == 0);
        CHECK(grouped.first_after(0, 3, Time{-3}, hint) == 2);
        CHECK(grouped.first_from(0, 3, Time{5}, hint) == 2);
        CHECK(grouped.first_after(0, 3, Time{5}, hint) == 3);
        CHECK(grouped.first_from(0, 3, Time{6}, hint) == 3);
    }
    CHECK(grouped.first_from(3, 4, Time{4}, 3) == 3);
    CHECK(grouped.first_after(3, 4, Time{4}, 3) == 4);
    CHECK(grouped.first_after(3, 3, Time{4}, 3) == 3);
    grouped.set_row(0, 0);
    grouped.set_row(1, 3);
    CHECK(grouped[0].row == 0);
    CHECK(grouped[1].row == 3);
    CHECK(grouped[1].at == Time{-3});
}

}  // namespace

TEST_CASE("event_groups: in words, in pairs of words, and as they are") {
    check(in_words());
    check(in_pairs());
    check(as_they_are());
    CHECK(event_groups<std::int64_t>{}.size() == 0);
}
