// SPDX-License-Identifier: BSL-1.0
#include <attribution/amount/allocate.hpp>

#include "support/records.hpp"

#include <attribution/amount/money.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <numeric>
#include <span>
#include <stdexcept>
#include <vector>

namespace {

using namespace support;

template <class Amount>
constexpr bool splits(Amount whole, std::initializer_list<double> shares,
                      std::initializer_list<Amount> expected) {
    auto const parts = att::allocate(whole, std::vector<double>(shares));
    return std::equal(parts.begin(), parts.end(), expected.begin(), expected.end());
}

constexpr bool test() {
    require(splits(100, {1, 1, 1}, {34, 33, 33}));
    require(splits(-100, {1, 1, 1}, {-34, -33, -33}));  // a refund mirrors the sale
    require(
        splits(5, {1, 2, 3, 4}, {1, 1, 1, 2}));  // quotas 0.5 1 1.5 2: a tie goes to the earlier
    require(splits(-5, {1, 2, 3, 4}, {-1, -1, -1, -2}));
    require(splits(1, {1, 1}, {1, 0}));
    require(splits(10, {3, 0, 7}, {3, 0, 7}));
    require(splits(0, {1, 2}, {0, 0}));
    require(splits(7, {5e-324}, {7}));
    require(splits(8, {1e308, 1e308}, {4, 4}));
    require(splits(8, {1e308, 1e-308}, {8, 0}));
    // The classic: 100 seats for parties with 47, 16, 15.8, 12, 6.1 and 3.1 per cent; Hamilton
    // rounds 15.8 and then ... 47 16 16 12 6 3
    require(splits(100, {47000, 16000, 15800, 12000, 6100, 3100}, {47, 16, 16, 12, 6, 3}));
    // The limits of 64 bits: exact, where a double knows 53
    require(splits(INT64_MAX, {1, 1}, {INT64_MAX / 2 + 1, INT64_MAX / 2}));
    require(splits(INT64_MIN, {1, 1}, {INT64_MIN / 2, INT64_MIN / 2}));
    require(splits(INT64_MIN, {1}, {INT64_MIN}));
    require(splits(INT64_MIN, {0, 1, 0}, {std::int64_t{0}, INT64_MIN, std::int64_t{0}}));
    require(
        splits(INT64_MAX, {1, 1, 1},
               {3'074'457'345'618'258'603, 3'074'457'345'618'258'602, 3'074'457'345'618'258'602}));
    require(
        splits(std::int64_t{-1}, {1, 1, 1}, {std::int64_t{-1}, std::int64_t{0}, std::int64_t{0}}));
    require(splits(UINT64_MAX, {1, 1}, {std::uint64_t{1} << 63, (std::uint64_t{1} << 63) - 1}));
    require(splits(UINT64_MAX, {3}, {UINT64_MAX}));
    require(splits(std::int8_t{-128}, {1, 3}, {std::int8_t{-32}, std::int8_t{-96}}));
    require(splits(std::uint8_t{255}, {1, 0, 1},
                   {std::uint8_t{128}, std::uint8_t{0}, std::uint8_t{127}}));
    // Floating amounts are split by share as they are
    require(splits(1.0, {1, 3}, {0.25, 0.75}));
    require(splits(-100.0, {1, 1, 1}, {-100.0 / 3, -100.0 / 3, -100.0 / 3}));
    require(splits(1.5F, {1, 2}, {0.5F, 1.0F}));
    // also at the ends of their range
    constexpr double largest = std::numeric_limits<double>::max();
    constexpr double smallest = std::numeric_limits<double>::denorm_min();
    require(splits(largest, {1}, {largest}));
    require(splits(largest, {1, 1}, {largest / 2, largest / 2}));
    require(splits(-largest, {1, 1}, {-largest / 2, -largest / 2}));
    require(splits(largest, {1, 3}, {largest / 4, largest / 4 * 3}));
    require(splits(-largest, {1, 3}, {-largest / 4, -largest / 4 * 3}));
    require(splits(smallest, {1}, {smallest}));
    require(splits(64 * smallest, {1, 3}, {16 * smallest, 48 * smallest}));
    return true;
}
static_assert(test());

struct eur;
static_assert(splits(att::money<eur>{-100}, {1, 1, 1},
                     {att::money<eur>{-34}, att::money<eur>{-33}, att::money<eur>{-33}}));

std::vector<int> split_ten(std::initializer_list<double> shares) {
    return att::allocate(10, std::vector<double>(shares));
}

}  // namespace

TEST_CASE("allocate") {
    CHECK(test());
}

TEST_CASE("allocate adds up over many parts, and is off by less than a unit") {
    std::vector<double> shares;
    for (int i = 0; i < 1000; ++i)
        shares.push_back(std::sqrt(i));
    auto const sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (std::int64_t const whole :
         {std::int64_t{1}, std::int64_t{999}, std::int64_t{-123'456'789}}) {
        auto const parts = att::allocate(whole, shares);
        CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == whole);
        for (std::size_t i = 0; i < parts.size(); ++i)
            CHECK(std::abs(static_cast<double>(parts[i]) -
                           static_cast<double>(whole) * shares[i] / sum) < 1);
    }
}

TEST_CASE("allocate refuses weights that are negative, NaN or infinite") {
    double const nan = std::nan("");
    double const infinity = std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH_AS(split_ten({1, -1}), "allocate: weight 1 is negative or not finite",
                         std::domain_error);
    CHECK_THROWS_WITH_AS(split_ten({nan, 1}), "allocate: weight 0 is negative or not finite",
                         std::domain_error);
    CHECK_THROWS_AS(split_ten({infinity}), std::domain_error);
    auto const nowhere = "allocate: no weight is positive, so the amount has nowhere to go";
    CHECK_THROWS_WITH_AS(split_ten({0, 0}), nowhere, std::invalid_argument);
    CHECK_THROWS_WITH_AS(split_ten({}), nowhere, std::invalid_argument);
    std::vector<double> const two{1, 1};
    std::vector<int> one(1);
    CHECK_THROWS_WITH_AS(att::allocate(10, two, std::span{one}),
                         "allocate: there must be as many parts as weights", std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)att::allocate(nan, two), "allocate: the amount is not finite",
                         std::domain_error);
    CHECK_THROWS_AS((void)att::allocate(-infinity, two), std::domain_error);
}
