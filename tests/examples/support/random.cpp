// SPDX-License-Identifier: BSL-1.0
#include <support/random.hpp>

#include <scratch.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>

using examples::random_source;

// The published first numbers of SplitMix64 for the seed 1234567.
constexpr bool published_numbers() {
    auto random = random_source{1234567};
    return random.next() == 6457827717110365317U && random.next() == 3203168211198807973U &&
           random.next() == 9817491932198370423U && random.next() == 4593380528125082431U &&
           random.next() == 16408922859458223821U;
}
static_assert(published_numbers());

TEST_CASE("random: numbers are those published") {
    CHECK(published_numbers());
    CHECK(random_source{0}.next() == 0xE220A8397B1DCDAFU);
}

TEST_CASE("random: between has both ends, and the whole range") {
    auto random = random_source{1};
    std::map<std::int64_t, int> seen;
    for (int i = 0; i < 6000; ++i)
        ++seen[random.between(-2, 3)];
    CHECK(seen.size() == 6);
    for (auto const& [value, n] : seen) {
        CHECK(value >= -2);
        CHECK(value <= 3);
        CHECK(n > 850);  // 1000 expected, standard deviation 29
        CHECK(n < 1150);
    }
    CHECK(random.between(7, 7) == 7);
    using limits = std::numeric_limits<std::int64_t>;
    bool negative = false;
    bool positive = false;
    for (int i = 0; i < 100; ++i)
        (random.between(limits::min(), limits::max()) < 0 ? negative : positive) = true;
    CHECK(negative);
    CHECK(positive);
}

TEST_CASE("random: between does not prefer small results") {
    // 2^64 modulo 3 * 2^62 would give each number of the first third twice as often: half the time
    // instead of a third.
    auto random = random_source{2};
    constexpr auto low = -(std::int64_t{3} << 61U);
    constexpr auto third = low + (std::int64_t{1} << 62U);
    int first = 0;
    for (int i = 0; i < 3000; ++i)
        first += random.between(low, -low - 1) < third ? 1 : 0;
    CHECK(first > 900);
    CHECK(first < 1100);
}

TEST_CASE("random: shuffle permutes, every order as often") {
    auto random = random_source{3};
    std::map<std::array<int, 3>, int> seen;
    for (int i = 0; i < 6000; ++i) {
        auto values = std::array{1, 2, 3};
        random.shuffle(values);
        ++seen[values];
    }
    CHECK(seen.size() == 6);
    for (auto const& [order, n] : seen) {
        CHECK(n > 850);
        CHECK(n < 1150);
    }
    auto none = std::array<int, 0>{};
    random.shuffle(none);
}

TEST_CASE("random: chance and pick") {
    auto random = random_source{4};
    int hits = 0;
    std::array<int, 3> picked{};
    auto const indices = std::array<std::size_t, 3>{0, 1, 2};
    for (int i = 0; i < 10'000; ++i) {
        hits += random.chance(20) ? 1 : 0;
        ++picked[random.pick(indices)];
    }
    CHECK(hits > 1850);
    CHECK(hits < 2150);
    CHECK(std::ranges::all_of(picked, [](int n) { return n > 3100 && n < 3600; }));
    CHECK(!random.chance(0));
    CHECK(random.chance(100));
}
