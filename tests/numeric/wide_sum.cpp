// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/wide_sum.hpp>

#include "support/law.hpp"
#include "support/records.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace {

using attribution::detail::int128;
using attribution::detail::wide_sum;

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

constexpr bool test() {
    wide_sum sum;
    sum.add(most);
    sum.add(most);
    support::require(sum.value() == int128{most} * 2);
    for (int i = 0; i < 4; ++i)
        sum.add(least);
    support::require(sum.value() == int128{least} * 2 - 2);
    sum.add(-sum.value());
    support::require(sum.value() == 0);
    sum.add(std::int64_t{-1});
    support::require(sum.value() == -1 && wide_sum{sum.value()}.value() == -1);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("wide_sum") {
    CHECK(test());
}

TEST_CASE("law: wide_sum adds as integers of 128 bits do") {
    support::for_all_worlds([](support::random_numbers& random) {
        wide_sum sum;
        int128 expected = 0;
        for (int i = 0; i < 40; ++i) {
            auto const one = static_cast<std::int64_t>(random.bits());
            auto const shift = static_cast<int>(random.below(60));
            if (random.chance(2)) {
                sum.add(one >> shift);
                expected += one >> shift;
            } else {
                auto const many = int128{one} * (std::int64_t{1} << shift);
                sum.add(many);
                expected += many;
            }
        }
        support::holds(sum.value() == expected);
    });
}
