// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/compact_sum.hpp>

#include "support/law.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <utility>
#include <vector>

namespace {

using attribution::detail::compact_sum;
using attribution::detail::exact_sum;
using attribution::detail::int128;

constexpr double largest = std::numeric_limits<double>::max();
constexpr double smallest = std::numeric_limits<double>::denorm_min();

template <class Sum>
constexpr void add(Sum& sum, double value) {
    sum.add(typename Sum::addend{value});
}

constexpr compact_sum sum_of(std::initializer_list<double> values) {
    compact_sum sum;
    for (double const value : values)
        add(sum, value);
    return sum;
}

constexpr bool test() {
    auto const far = sum_of({largest, smallest, -largest});
    auto copy = far;
    auto moved = std::move(copy);
    copy = moved;
    moved = {};
    return sum_of({}).value() == 0 && sum_of({0.1, 0.2, -0.1}).value() == 0.2 &&
           far.value() == smallest && copy.value() == smallest && moved.value() == 0 &&
           sum_of({1, 1e-20, -1}).value() == 1e-20;
}
static_assert(test());

/// Numbers of everyday size, and of all others; few of them, or so many that 128 bits are too few.
double some_value(support::random_numbers& random) {
    auto const exponent = random.chance(3) ? static_cast<int>(random.below(1900)) - 1000
                                           : static_cast<int>(random.below(90)) - 32;
    return random.chance(9) ? 0 : std::ldexp(random.unit() - 0.5, exponent);
}
int128 some_units(support::random_numbers& random) {
    return static_cast<int128>(static_cast<std::int64_t>(random.bits()))
           << random.below(64) << random.below(2);
}

}  // namespace

TEST_CASE("compact_sum") {
    CHECK(test());
    CHECK(sizeof(compact_sum) <= 48);  // with the shares, a cache line
}

TEST_CASE("compact_sum is exact_sum in less memory, in any world") {
    support::for_all_worlds([](support::random_numbers& random) {
        std::vector<compact_sum> sums(3);
        std::vector<exact_sum> exact(3);
        std::vector<std::size_t> count(3);
        for (auto steps = random.below(40); steps > 0; --steps) {
            auto const i = random.below(3);
            auto const j = random.below(3);
            switch (random.below(6)) {
            case 0: {
                auto const units = some_units(random);
                sums[i].add_units(units, 1);
                exact[i].add_units(units);
                ++count[i];
                break;
            }
            case 1: {
                auto const same = exact[j];
                if (random.chance(2))
                    sums[i].prepare_merge(sums[j]);
                sums[i].merge(sums[j]);
                exact[i].merge(same);
                count[i] += count[j];
                break;
            }
            case 2:
                sums[i] = compact_sum{exact[j], sums[j].count()};
                exact[i] = exact[j];
                count[i] = count[j];
                break;
            case 3:
                sums[i] = sums[j];
                exact[i] = exact[j];
                count[i] = count[j];
                break;
            default: {
                auto const value = some_value(random);
                for (auto times = random.chance(4) ? 600U : 1U; times > 0; --times) {
                    add(sums[i], value);
                    exact[i].add(value);
                    ++count[i];
                }
            }
            }
            if (sums[i].exact().digits() != exact[i].digits() || sums[i].count() != count[i] ||
                sums[i].value() != exact[i].value())
                support::broken("it is ", sums[i].value(), " instead of ", exact[i].value());
        }
    });
}

TEST_CASE("compact_sum needs no other memory for everyday amounts, however many") {
    compact_sum sum;
    for (double const value : {0x1p-24, 0x1.fffffffffffffp33, -0x1.fffffffffffffp33, 12.34, 0.0})
        for (int i = 0; i < 1000; ++i)
            add(sum, value);
    for (double const value : {0x1.fffffffffffffp43, -0x1p43, 0x1p34})
        add(sum, value);
    CHECK(sum.whole());
    for (double const value : {0x1.fffffffffffffp-25, -0x1p44}) {
        auto other = sum;
        add(other, value);
        CHECK_FALSE(other.whole());
        other.prepare_merge(sum);
        sum.merge(other);
        add(sum, -value);
        CHECK_FALSE(sum.whole());
        // what cancelled leaves nothing behind in a sum made of it
        sum = compact_sum{sum.exact(), 0};
        CHECK(sum.whole());
    }
}

TEST_CASE("compact_sum is made of sums inside and outside of 126 bits") {
    auto const limit = int128{1} << 126;
    for (auto const& [units, whole] :
         {std::pair{-limit, true}, std::pair{-limit - 1, false}, std::pair{limit - 1, true},
          std::pair{limit, false}, std::pair{int128{0}, true}, std::pair{int128{-1}, true}}) {
        exact_sum exact;
        exact.add_units(units);
        int128 found = 0;
        CHECK(exact.is_whole(found) == whole);
        if (whole)
            CHECK((found == units));
        compact_sum const sum{exact, 7};
        CHECK(sum.count() == 7);
        CHECK(sum.whole() == whole);
        CHECK(sum.exact().digits() == exact.digits());
        for (double const beside : {0x1p-77, -0x1p-77, smallest, 0x1p200, -0x1p200, largest}) {
            auto off = exact;
            off.add(beside);
            CHECK_FALSE(off.is_whole(found));
            off.add(-beside);
            CHECK(off.is_whole(found) == whole);
        }
    }
}

TEST_CASE("compact_sum merges what was made room for, and itself") {
    auto const most = int128{1} << 125;
    for (auto const& units : {most, -most, most / 2, most / 2 + 1, int128{7}}) {
        compact_sum sum;
        sum.add_units(units, 3);
        add(sum, 0.5);
        exact_sum exact;
        exact.add_units(units);
        exact.add(0.5);
        for (int i = 0; i < 3; ++i) {
            sum.merge(sum);
            auto const same = exact;
            exact.merge(same);
            CHECK(sum.exact().digits() == exact.digits());
            CHECK(sum.count() == std::size_t{8} << i);
        }
    }
}
