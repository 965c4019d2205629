// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/wide_integer.hpp>

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

    require(magnitude_of(-5) == 5 && magnitude_of(0) == 0 &&
            magnitude_of(UINT64_MAX) == UINT64_MAX);
    require(magnitude_of(std::int8_t{-128}) == 128 && magnitude_of(INT64_MIN) == std::uint64_t{1}
                                                                                     << 63);
    require(with_sign<int>(5, true) == -5 && with_sign<int>(5, false) == 5 &&
            with_sign<std::uint64_t>(UINT64_MAX, false) == UINT64_MAX);
    require(with_sign<std::int8_t>(128, true) == -128 &&
            with_sign<std::int64_t>(std::uint64_t{1} << 63, true) == INT64_MIN);

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
