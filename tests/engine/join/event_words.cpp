// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/join/event_words.hpp>

#include "support/random.hpp"
#include "support/records.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using attribution::detail::pair_layout;
using attribution::detail::word_layout;
using attribution::detail::word_pair;
using attribution::detail::word_sorting;

constexpr bool test() {
    word_layout const layout{5, 3};  // 3 bits of time, 2 of rows
    support::require(layout.time_bits() == 3 && layout.group_at() == 5);
    auto const word = layout.word(3, 5, 2);
    support::require(word == 0b11'101'10 && layout.ticks(word) == 5 && layout.row(word) == 2);
    support::require(layout.bound(word, 0, false) == 0b11'000'00);
    support::require(layout.bound(word, 5, false) == 0b11'101'00);
    support::require(layout.bound(word, 5, true) == 0b11'110'00);
    for (std::uint64_t const beyond : {std::uint64_t{8}, UINT64_MAX})
        for (bool const more : {false, true})
            support::require(layout.bound(word, beyond, more) == 0b100'000'00);
    support::require(layout.bound(word, 7, true) == 0b100'000'00);
    std::array<std::uint64_t, 3> words{layout.word(1, 4, 0), layout.word(0, 5, 1),
                                       layout.word(1, 0, 2)};
    std::array<std::size_t, 3> begins{};
    word_sorting<word_layout>{}(layout, words.data(), words.size(), 10, begins.data(),
                                begins.size());
    support::require(words[0] == layout.word(0, 5, 1) && words[1] == layout.word(1, 0, 2) &&
                     words[2] == layout.word(1, 4, 0));
    support::require(begins[0] == 10 && begins[1] == 11 && begins[2] == 13);
    return true;
}
static_assert(test());

constexpr bool test_pairs() {
    pair_layout const whole{60, 5};  // 3 bits of time, and no others
    support::require(whole.time_bits() == 3 && whole.group_at() == 3);
    auto const word = whole.word(3, 5, 9);
    support::require(word == word_pair{0b11'101, 9} && whole.ticks(word) == 5 &&
                     whole.row(word) == 9);
    support::require(whole.bound(word, 0, false) == word_pair{0b11'000, 0});
    support::require(whole.bound(word, 4, true) == word_pair{0b11'101, 0});
    support::require(whole.bound(word, 5, false) == word_pair{0b11'101, 0});
    support::require(whole.bound(word, 5, true) == word_pair{0b100'000, 0});
    pair_layout const cut{62, 7};  // 1 bit of time, and 2 in the lower word
    support::require(cut.time_bits() == 1 && cut.group_at() == 1);
    auto const rest = std::uint64_t{1} << 40;
    auto const other = cut.word(3, 6, 9);
    support::require(other == word_pair{0b11'1, 2 * rest | 9} && cut.ticks(other) == 6 &&
                     cut.row(other) == 9);
    support::require(cut.bound(other, 3, false) == word_pair{0b11'0, 3 * rest});
    support::require(cut.bound(other, 3, true) == word_pair{0b11'1, 0});
    support::require(cut.bound(other, 6, true) == word_pair{0b11'1, 3 * rest});
    for (std::uint64_t const beyond : {std::uint64_t{8}, UINT64_MAX})
        for (bool const more : {false, true})
            support::require(cut.bound(other, beyond, more) == word_pair{0b100'0, 0});
    pair_layout const full{23, UINT64_MAX};
    auto const last_group = (std::size_t{1} << 23) - 1;
    auto const last_row = static_cast<std::size_t>((std::uint64_t{1} << 31) - 1);
    auto const last = full.word(last_group, UINT64_MAX, last_row);
    support::require(full.ticks(last) == UINT64_MAX && full.row(last) == last_row);
    support::require(last.upper == (std::uint64_t{1} << 63) - 1 &&
                     full.bound(last, UINT64_MAX, true).upper == std::uint64_t{1} << 63);
    return true;
}
static_assert(test_pairs());

/// Sorts events, which come in the order of their rows, and checks where they are and each group begins.
template <class Layout>
void check_sorting(word_sorting<Layout>& sort, Layout const& layout, std::size_t groups,
                   std::vector<typename Layout::word_type> words) {
    auto expected = words;
    std::sort(expected.begin(), expected.end());
    std::vector<std::size_t> begins(groups, 0);
    sort(layout, words.data(), words.size(), 0, begins.data(), groups);
    CHECK((words == expected));
    bool begin_there = true;
    for (std::size_t i = 0; i < groups; ++i)
        begin_there =
            begin_there &&
            begins[i] == static_cast<std::size_t>(std::lower_bound(expected.begin(), expected.end(),
                                                                   layout.word(i, 0, 0)) -
                                                  expected.begin());
    CHECK(begin_there);
}

}  // namespace

TEST_CASE("words of events") {
    CHECK(test());
    CHECK(test_pairs());
}

TEST_CASE("an event is a word as long as its three numbers have room in 63 bits") {
    auto const fits = [](int group_bits, std::uint64_t ticks, std::size_t rows) {
        return word_layout::has_room(group_bits, ticks, rows);
    };
    for (int bits = 0; bits < 63; ++bits) {
        auto const power = std::uint64_t{1} << bits;
        CHECK(fits(63 - bits, power - 1, 1));
        CHECK_FALSE(fits(63 - bits, power, 1));
        CHECK(fits(62 - bits, power - 1, 2));
        CHECK_FALSE(fits(62 - bits, power - 1, 3));
        CHECK_FALSE(fits(62 - bits, power, 2));
    }
    CHECK_FALSE(fits(0, UINT64_MAX, 1));
    CHECK(fits(0, 0, 0));
}

TEST_CASE("words are sorted, however the times crowd") {
    support::random_numbers random{7};
    word_sorting<word_layout> sort;  // keeps its buffers
    word_sorting<pair_layout> sort_whole;
    word_sorting<pair_layout> sort_cut;
    for (int const crowds : {0, 1, 3, 12})
        for (std::size_t const size : {0u, 1u, 2u, 3u, 33u, 500u, 20'000u})
            for (std::size_t const groups : {1u, 5u, 3'000u}) {
                INFO(size << " words of " << groups << " groups, " << crowds);
                word_layout const layout{UINT32_MAX, size};
                pair_layout const whole{12, UINT32_MAX};
                pair_layout const cut{12, UINT64_MAX};
                std::vector<std::uint64_t> words;
                std::vector<word_pair> pairs;
                std::vector<word_pair> cut_pairs;
                for (std::size_t row = 0; row < size; ++row) {
                    // Half of what is left lies in the first 1/16 of what is left, and so on.
                    auto ticks = random.bits() >> 32;
                    for (int i = 0; i < crowds && random.chance(2); ++i)
                        ticks /= 16;
                    auto const group = random.below(groups);
                    words.push_back(layout.word(group, ticks, row));
                    pairs.push_back(whole.word(group, ticks, row));
                    cut_pairs.push_back(cut.word(group, ticks << (crowds < 3 ? 32 : 0), row));
                }
                check_sorting(sort, layout, groups, words);
                check_sorting(sort_whole, whole, groups, pairs);
                check_sorting(sort_cut, cut, groups, cut_pairs);
            }
}
