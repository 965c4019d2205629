// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/amount/splitter.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    att::detail::splitter shares;
    std::array<int, 3> thirds{};
    require(shares.weigh(std::array{1.0, 1.0, 1.0}));
    shares.split(100, std::span<int>{thirds});
    require(thirds == std::array{34, 33, 33});
    require(!shares.weigh(std::array{0.0, 0.0}));
    // Large amounts are scaled, so that their product with a weight does not overflow.
    using att::detail::floating_parts;
    require(floating_parts<double>{0x1p1023, 4}(3) == 0x1.8p1022);
    require(floating_parts<double>{-0x1p1023, 4}(3) == -0x1.8p1022);
    for (double const sign : {-1.0, 1.0})  // on both sides of the border
        for (double const whole : {0x1.fffffffffffffp899, 0x1p900, 0x1.0000000000001p900}) {
            require(floating_parts<double>{sign * whole, 0x1p61}(0x1p61) == sign * whole);
            require(floating_parts<double>{sign * whole, 8}(2) == sign * whole / 4);
        }
    for (double whole = 0x1p890; whole < 0x1p1023; whole *= 2)  // a weight has up to 63 bits
        require(floating_parts<double>{whole, 0x1p64}(0x1p62) == whole / 4);
    require(floating_parts<double>{0x1p-1074, 0x1p61}(0x1p61) == 0x1p-1074);
    // Sums that fit into a signed number, and sums that do not; rounded to the nearest double
    using att::detail::real_sum, att::detail::uint128;
    constexpr auto half = std::uint64_t{1} << 63;
    require(real_sum(0) == 0 && real_sum(half - 1) == 0x1p63 && real_sum(half) == 0x1p63);
    require(real_sum(half - 513) == 0x1p63 - 1024 && real_sum(half + 1025) == 0x1p63 + 2048);
    require(real_sum(uint128{3} << 70) == 0x3p70);
    // Whole numbers as weights, beyond what a double tells apart, one splitting after another
    att::detail::splitter whole_numbers;
    constexpr auto many = std::uint64_t{1} << 62;
    for (int again = 0; again < 2; ++again) {
        whole_numbers.weigh_units(std::array{many + 1, many, std::uint64_t{0}});
        require(whole_numbers.counts(1) && !whole_numbers.counts(2));
        std::array<std::uint64_t, 3> parts{};
        whole_numbers.split(2 * many + 1, std::span<std::uint64_t>{parts});
        require(parts == std::array{many + 1, many, std::uint64_t{0}});
        whole_numbers.weigh_units(std::array{std::uint64_t{1}, std::uint64_t{3}});
        require(whole_numbers.share(1) == 0.75);
        // as they are counted, the last one apart; their sum has 64 and more bits
        for (std::size_t const count :
             {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{5}}) {
            whole_numbers.weigh_each(
                count, [](std::size_t) { return 2 * many - 1; }, many);
            std::vector<std::uint64_t> each(count, 0);
            whole_numbers.split(2 * count - 1, std::span<std::uint64_t>{each});
            require(each.back() == 1);
            for (std::size_t i = 0; i + 1 < count; ++i)
                require(each[i] == 2);
            whole_numbers.weigh_each(  // four of these are 2^64, whose lower half is 0
                count, [](std::size_t) { return many; }, many);
            whole_numbers.split(1000 * count, std::span<std::uint64_t>{each});
            require(each == std::vector<std::uint64_t>(count, 1000));
        }
    }
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("a splitter splits one amount after another") {
    CHECK(test());
}
