// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/counted_units.hpp>

#include <doctest/doctest.h>

namespace {

using attribution::detail::counted_units;
using attribution::detail::int128;

constexpr bool test() {
    counted_units sum;
    sum.add(-7);
    sum.add_units(int128{1} << 100, 3);
    auto twice = sum;
    twice.prepare_merge(sum);
    twice.merge(sum);
    return counted_units{}.exact() == 0 && counted_units{}.count() == 0 &&
           sum.exact() == (int128{1} << 100) - 7 && sum.count() == 4 &&
           twice.exact() == (int128{1} << 101) - 14 && twice.count() == 8 &&
           counted_units{5, 2}.exact() == 5 && counted_units{5, 2}.count() == 2;
}
static_assert(test());

}  // namespace

TEST_CASE("counted_units") {
    CHECK(test());
}
