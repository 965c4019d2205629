// SPDX-License-Identifier: BSL-1.0
#include <attribution/detail/wide_integer.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

namespace {

using namespace support;
using namespace att::detail;

constexpr bool test() {
    constexpr int128 beyond = int128{1} << 100;
    require(saturate<std::int8_t>(127) == 127 && saturate<std::int8_t>(128) == 127);
    require(saturate<std::int8_t>(-128) == -128 && saturate<std::int8_t>(-129) == -128);
    require(saturate<std::int64_t>(beyond) == INT64_MAX &&
            saturate<std::int64_t>(-beyond) == INT64_MIN && saturate<std::int64_t>(-5) == -5);
    require(saturate<std::uint64_t>(beyond) == UINT64_MAX && saturate<std::uint64_t>(-1) == 0);

    require(representable<std::int8_t>(127) && !representable<std::int8_t>(128));
    require(representable<std::int8_t>(-128) && !representable<std::int8_t>(-129));
    require(representable<std::uint64_t>(int128{UINT64_MAX}) &&
            !representable<std::uint64_t>(int128{UINT64_MAX} + 1) &&
            !representable<std::uint64_t>(-1));

    require(floor_divide(7, 2) == 3 && floor_divide(-7, 2) == -4 && floor_divide(-6, 2) == -3 &&
            floor_divide(0, 2) == 0);
    require(ceil_divide(7, 2) == 4 && ceil_divide(-7, 2) == -3 && ceil_divide(6, 2) == 3 &&
            ceil_divide(0, 2) == 0);
    require(floor_divide(-beyond, 3) == -(beyond / 3) - 1);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("integers of 128 bits") {
    CHECK(test());
}
