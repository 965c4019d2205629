// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/live_counts.hpp>

#include <doctest/doctest.h>

#include <cstdint>

namespace att = attribution;

TEST_CASE("counts of several desks add up, each of them") {
    static_assert(sizeof(att::live_counts) == 12 * sizeof(std::uint64_t), "a number for each");
    att::live_counts all{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    CHECK(&(all += att::live_counts{10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120}) == &all);
    att::live_counts const sums{11, 22, 33, 44, 55, 66, 77, 88, 99, 110, 121, 132};
    CHECK(all == sums);
    CHECK((all += att::live_counts{}) == sums);
}
