// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/live_counts.hpp>

#include <doctest/doctest.h>

namespace att = attribution;

TEST_CASE("counts of several desks add up, each of them") {
    att::live_counts all{1, 2, 3, 4, 5, 6, 7, 8, 9};
    CHECK(&(all += att::live_counts{10, 20, 30, 40, 50, 60, 70, 80, 90}) == &all);
    CHECK(all == att::live_counts{11, 22, 33, 44, 55, 66, 77, 88, 99});
    CHECK((all += att::live_counts{}) == att::live_counts{11, 22, 33, 44, 55, 66, 77, 88, 99});
}
