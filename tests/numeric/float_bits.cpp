// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/float_bits.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace {

using namespace support;
using att::detail::is_finite, att::detail::power_of_two, att::detail::take_apart;
using limits = std::numeric_limits<double>;

constexpr bool is(double value, std::uint64_t mantissa, int exponent, bool negative) {
    auto const parts = take_apart(value);
    return parts.mantissa == mantissa && parts.exponent == exponent && parts.negative == negative;
}

constexpr bool test() {
    constexpr auto one = std::uint64_t{1} << 52;
    require(is(1, one, -52, false) && is(-2, one, -51, true) && is(3, one / 2 * 3, -51, false));
    require(is(0, 0, -1074, false) && is(-0.0, 0, -1074, true));
    require(is(limits::denorm_min(), 1, -1074, false) && is(limits::min(), one, -1074, false));
    require(is(limits::max(), 2 * one - 1, 971, false));

    require(is_finite(0) && is_finite(-limits::max()) && is_finite(limits::denorm_min()));
    require(!is_finite(limits::infinity()) && !is_finite(-limits::infinity()) &&
            !is_finite(limits::quiet_NaN()));

    require(power_of_two(0) == 1 && power_of_two(10) == 1024 && power_of_two(-1) == 0.5);
    require(power_of_two(-1022) == limits::min() && power_of_two(1023) == 0x1p1023);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("doubles by their bits") {
    CHECK(test());
}
