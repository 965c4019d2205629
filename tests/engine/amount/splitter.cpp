// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/amount/splitter.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <span>

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
    require(att::detail::splitter::floating_part(0x1p1023, 3, 4) == 0x1.8p1022);
    require(att::detail::splitter::floating_part(-0x1p1023, 3, 4) == -0x1.8p1022);
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
    }
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("a splitter splits one amount after another") {
    CHECK(test());
}
