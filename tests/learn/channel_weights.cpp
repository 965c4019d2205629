// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/channel_weights.hpp>

#include <doctest/doctest.h>

#include <limits>

using attribution::rounded_weight;

namespace {

constexpr bool test() {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    bool holds = rounded_weight(infinity) == infinity && rounded_weight(0) == 0 &&
                 rounded_weight(1) == 1 && rounded_weight(0.75) == 0.75 &&
                 rounded_weight(1 - 0x1p-53) == 1 && rounded_weight(1 + 0x1p-35) == 1 + 0x1p-35;
    // 1/3 keeps 36 binary digits, and its neighbours round to the same.
    constexpr double third = 1.0 / 3;
    holds = holds && rounded_weight(third) != third;
    holds = holds && rounded_weight(third) == rounded_weight(third * (1 + 1e-15));
    holds = holds && rounded_weight(third) - third < 1.5e-11 * third;
    holds = holds && third - rounded_weight(third) < 1.5e-11 * third;
    return holds && rounded_weight(rounded_weight(third)) == rounded_weight(third);
}
static_assert(test());

}  // namespace

TEST_CASE("learned weights keep 36 binary digits") {
    CHECK(test());
}
