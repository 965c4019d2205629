// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/position_based.hpp>

#include "support/model_suite.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace {

using namespace support;

constexpr bool test() {
    auto const u = att::position_based();
    require(split(100, path_at(1), u) == gives(100, 0));
    require(split(100, path_at(1, 2), u) == gives(50, 50, 0));
    require(split(100, path_at(1, 2, 3), u) == gives(40, 20, 40, 0));
    require(split(100, path_at(1, 2, 3, 4), u) == gives(40, 10, 10, 40, 0));
    require(split(100, path_at(4, 3, 2, 1), u) == gives(40, 10, 10, 40, 0));

    // 60/40 for two touches, 40/20/40 for more
    auto const own_split = att::position_based(0.4, 0.4, {0.6, 0.4});
    require(split(100, path_at(1, 2), own_split) == gives(60, 40, 0));
    require(split(100, path_at(1, 2, 3), own_split) == gives(40, 20, 40, 0));

    // J-shaped and inverse J, as Adobe Analytics defines them: 20/20/60, two 25/75; and mirrored
    auto const j = att::position_based(0.2, 0.6, {25, 75});
    require(split(100, path_at(1, 2), j) == gives(25, 75, 0));
    require(split(100, path_at(1, 2, 3), j) == gives(20, 20, 60, 0));
    auto const inverse_j = att::position_based(0.6, 0.2);
    require(split(100, path_at(1, 2), inverse_j) == gives(75, 25, 0));
    require(split(100, path_at(1, 2, 3, 4), inverse_j) == gives(60, 10, 10, 20, 0));

    // The corners
    auto const ends_only = att::position_based(0.5, 0.5);
    require(split(100, path_at(1, 2, 3), ends_only) == gives(50, 0, 50, 0));
    require(split(100, path_at(1, 2), att::position_based(0, 0.5)) == gives(0, 100, 0));
    auto const middle_only = att::position_based(0, 0);
    require(split(100, path_at(1, 2), middle_only) == gives(50, 50, 0));
    require(split(100, path_at(1, 2, 3, 4), middle_only) == gives(0, 50, 50, 0, 0));
    auto const first = att::position_based(1, 0);
    require(split(100, path_at(1, 2), first) == gives(100, 0, 0));
    require(split(100, path_at(1, 2, 3), first) == gives(100, 0, 0, 0));
    require(split(100, path_at(1, 2), att::position_based(0.4, 0.4, {0.5e300, 0.5e300})) ==
            gives(50, 50, 0));
    // A third cannot be written in nine decimals exactly, yet both together are not too much
    require(split(3, path_at(1, 2, 3), att::position_based(1.0 / 3, 1.0 / 3)) == gives(1, 1, 1, 0));

    return true;
}
static_assert(test());
static_assert(model_suite(att::position_based()));
static_assert(model_suite(att::position_based(0.4, 0.4, {0.6, 0.4})));
static_assert(model_suite(att::position_based(0, 0)));

}  // namespace

TEST_CASE("position_based") {
    CHECK(test());
}

TEST_CASE("position_based refuses shares outside of [0, 1]") {
    double const nan = std::nan("");
    double const infinity = std::numeric_limits<double>::infinity();
    for (auto const& [first, last] : {std::pair{-0.1, 0.4},
                                      {0.4, -0.1},
                                      {0.6, 0.5},
                                      {1.1, 0.0},
                                      {nan, 0.4},
                                      {0.4, nan},
                                      {infinity, 0.0}})
        CHECK_THROWS_AS((void)att::position_based(first, last), std::invalid_argument);
    for (auto const& [first, last] :
         {std::pair{0.0, 0.0}, {-1.0, 2.0}, {2.0, -1.0}, {nan, 1.0}, {1.0, infinity}})
        CHECK_THROWS_WITH_AS(
            (void)att::position_based(0.4, 0.4, {first, last}),
            "position_based: the split of two touches must be two non-negative numbers, not both 0",
            std::invalid_argument);
}
