// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/share.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

namespace {

using attribution::detail::billionths;

constexpr void require(bool holds) {
    if (!holds)
        throw std::logic_error{"a requirement of a test does not hold"};
}

constexpr bool test() {
    require(billionths(0, "") == 0);
    require(billionths(-0.0, "") == 0);
    require(billionths(1, "") == 1'000'000'000);
    require(billionths(0.5, "") == 500'000'000);
    require(billionths(0.4, "") == 400'000'000);
    require(billionths(0.225, "") == 225'000'000);
    require(billionths(1.0 / 3, "") == 333'333'333);
    require(billionths(2.0 / 3, "") == 666'666'667);
    require(billionths(0.123'456'789, "") == 123'456'789);

    // Half a billionth as a double is a little more than that, its neighbour a little less.
    require(billionths(5e-10, "") == 1);
    require(billionths(4.999'999'999'999'999e-10, "") == 0);
    require(billionths(1e-9, "") == 1);
    // Where halves are exact: 2^-10 is 976562.5 billionths.
    require(billionths(0x1p-10, "") == 976'563);

    // From the last shift that leaves something to the smallest double
    require(billionths(0x1p-60, "") == 0);
    require(billionths(0x1p-68, "") == 0);
    require(billionths(std::numeric_limits<double>::min(), "") == 0);
    require(billionths(std::numeric_limits<double>::denorm_min(), "") == 0);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("shares in whole billionths") {
    CHECK(test());
    for (double const wrong :
         {-1e-300, 1.0000000000000002, -0.1, 2.0, std::numeric_limits<double>::infinity(),
          std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_WITH_AS(billionths(wrong, "linear"), "linear: a share must lie in [0, 1]",
                             std::invalid_argument);
}
