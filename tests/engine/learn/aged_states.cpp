// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/aged_states.hpp>

#include "support/law.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace detail = attribution::detail;
using classes = detail::age_classes;
using state = std::vector<std::uint32_t>;

static_assert(classes::of(0) == 0 && classes::of(63) == 0 && classes::of(64) == 1);
static_assert(classes::of(127) == 1 && classes::of(128) == 2);
static_assert(classes::of(classes::end(7) - 1) == 7 && classes::of(classes::end(7)) == 8);
static_assert(classes::begin(0) == 0 && classes::begin(1) == 64 && classes::begin(7) == 4096);

namespace {

auto stretches(std::vector<std::uint32_t> const& channels, std::vector<std::int64_t> const& ages) {
    std::vector<std::pair<state, std::uint64_t>> all;
    detail::aged_states{}.walk(channels, ages, [&](state const& one, std::uint64_t ticks) {
        all.emplace_back(one, ticks);
    });
    return all;
}

}  // namespace

TEST_CASE("age_classes: each begins where the one before ends") {
    std::vector<std::int64_t> begins;
    for (std::uint32_t one = 0; one < classes::number; ++one)
        begins.push_back(classes::begin(one));
    CHECK(begins == std::vector<std::int64_t>{0, 64, 128, 256, 512, 1024, 2048, 4096});
}

TEST_CASE("aged_states: by hand") {
    // Channel 3, 100 ticks ago; channel 0, 10 ticks ago; one more after the end.
    using rows = std::vector<std::pair<state, std::uint64_t>>;
    CHECK(stretches({3, 0, 1}, {100, 10, 0}) == rows{{{24}, 64}, {{25}, 26}, {{0, 25}, 10}});
    CHECK(detail::aged_states{}.last(std::vector<std::uint32_t>{3, 0, 1},
                                     std::vector<std::int64_t>{100, 10, 0}) == state{0, 25});
    CHECK(stretches({2, 2}, {1, 1}) == rows{{{16, 16}, 1}});
    CHECK(stretches({}, {}).empty());
    // After the last class it does nothing.
    CHECK(stretches({0}, {classes::end(7) + 5}).back() == std::pair{state{}, std::uint64_t{5}});
}

TEST_CASE("aged_states: only the youngest 32 count") {
    std::vector<std::uint32_t> channels(40, 1);
    channels[39] = 0;
    std::vector<std::int64_t> const ages(40, 7);
    auto const all = stretches(channels, ages);
    REQUIRE(all.size() == 1);
    CHECK(all[0].first.size() == 32);
    CHECK(all[0].first.front() == 0);
}

TEST_CASE("law: aged_states: as tick by tick") {
    support::for_all_worlds([](support::random_numbers& random) {
        std::vector<std::uint32_t> channels;
        std::vector<std::int64_t> ages;
        for (auto n = random.between(0, 5); n > 0; --n) {
            channels.push_back(static_cast<std::uint32_t>(random.between(0, 2)));
            ages.push_back(random.between(-2, 300));
        }
        std::sort(ages.rbegin(), ages.rend());
        std::map<state, std::uint64_t> expected, found;
        for (std::int64_t left = ages.empty() ? 0 : ages[0]; left > 0; --left) {
            state now;
            for (std::size_t i = 0; i < ages.size(); ++i)
                if (ages[i] >= left) {
                    std::uint32_t of = 0;
                    for (std::int64_t end = 64; ages[i] - left >= end; end *= 2)
                        ++of;
                    now.push_back(channels[i] * 8 + of);
                }
            std::sort(now.begin(), now.end());
            ++expected[now];
        }
        for (auto const& [one, ticks] : stretches(channels, ages))
            found[one] += ticks;
        return found == expected;
    });
}
