// SPDX-License-Identifier: BSL-1.0
#include <attribution/amount/round_together.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <numeric>
#include <span>
#include <stdexcept>
#include <vector>

namespace {

using namespace support;

constexpr std::vector<std::int64_t> rounded(std::vector<std::int64_t> const& lines,
                                            std::int64_t unit) {
    return att::round_together(std::span<std::int64_t const>{lines}, unit);
}

constexpr bool rounds(std::initializer_list<std::int64_t> lines, std::int64_t unit,
                      std::initializer_list<std::int64_t> expected) {
    auto const result = rounded(std::vector<std::int64_t>(lines), unit);
    return std::equal(result.begin(), result.end(), expected.begin(), expected.end());
}

constexpr bool test() {
    require(rounds({33, 33, 34}, 10, {30, 30, 40}));
    require(rounds({15, 15, 15}, 10, {20, 20, 10}));        // 45 -> 50, ties to the earlier
    require(rounds({-15, -15, -15}, 10, {-10, -20, -20}));  // every line rounded down, -45 -> -50
    require(rounds({14, 14, 14}, 10, {20, 10, 10}));        // 42 -> 40: one of them goes up
    require(rounds({25}, 10, {30}) && rounds({-25}, 10, {-30}));  // half away from zero
    require(rounds({24}, 10, {20}) && rounds({-24}, 10, {-20}));
    require(rounds({-7, 7}, 10, {-10, 10}));  // -7 is 3 above -10, 7 is 7 above 0: total 0
    require(rounds({20, -40, 0}, 10, {20, -40, 0}));
    require(rounds({}, 10, {}));
    // an odd unit has no half, and a unit of one nothing to round
    require(rounds({1}, 3, {0}) && rounds({2}, 3, {3}) && rounds({-1}, 3, {0}) &&
            rounds({-2}, 3, {-3}));
    require(rounds({5, -3, 0}, 1, {5, -3, 0}));
    require(rounds({INT64_MAX, INT64_MIN}, 1, {INT64_MAX, INT64_MIN}));
    require(rounds({INT64_MAX}, INT64_MAX, {INT64_MAX}));
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("round_together") {
    CHECK(test());
}

TEST_CASE("round_together: lines add up to the rounded total and move by less than a unit") {
    for (std::int64_t unit = 1; unit <= 12; ++unit)
        for (std::int64_t a = -13; a <= 13; ++a)
            for (std::int64_t b = -13; b <= 13; ++b) {
                auto const result = rounded({a, b, 4}, unit);
                auto const total = a + b + 4;
                auto const sum = result[0] + result[1] + result[2];
                auto const off = total < 0 ? sum - total : total - sum;  // towards zero
                INFO(unit << ": " << a << ' ' << b << " 4");
                CHECK(2 * off < unit);
                CHECK(2 * off >= -unit);
                CHECK(sum % unit == 0);
                CHECK(std::abs(result[0] - a) < unit);
                CHECK(std::abs(result[1] - b) < unit);
            }
}

TEST_CASE("round_together refuses what it cannot do") {
    CHECK_THROWS_WITH_AS(rounded({1}, 0), "round_together: the unit must be positive",
                         std::invalid_argument);
    CHECK_THROWS_AS(rounded({}, -5), std::invalid_argument);
    CHECK_THROWS_WITH_AS(rounded({INT64_MAX}, 10),
                         "round_together: line 0, rounded, does not fit into its type",
                         std::overflow_error);
    CHECK_THROWS_AS(rounded({INT64_MIN}, 10), std::overflow_error);
    CHECK_THROWS_WITH_AS(rounded({1, 5, INT64_MAX}, 10),  // which has the largest remainder
                         "round_together: line 2, rounded, does not fit into its type",
                         std::overflow_error);
}
