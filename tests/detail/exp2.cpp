// SPDX-License-Identifier: BSL-1.0
#include <attribution/detail/exp2.hpp>

#include "support/law.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

namespace {

using attribution::detail::exp2_minus;

constexpr std::uint64_t half = std::uint64_t{1} << 63;

constexpr bool test() {
    return exp2_minus(0, 0) == 1 && exp2_minus(1, 0) == 0.5 && exp2_minus(10, 0) == 0x1p-10 &&
           exp2_minus(1021, 0) == 0x1p-1021 && exp2_minus(1023, 0) == 0 &&
           exp2_minus(4096, 0) == 0 && exp2_minus(0, half) > 0.70710678118654746 &&
           exp2_minus(0, half) < 0.70710678118654764 && exp2_minus(0, 1) <= 1 &&
           exp2_minus(0, ~std::uint64_t{0}) >= 0.5;
}
static_assert(test());

}  // namespace

TEST_CASE("exp2_minus") {
    CHECK(test());
}

TEST_CASE("law: exp2_minus is within 4e-16 of the exponential, and falls") {
    support::for_all_worlds([](support::random_numbers& random) {
        // few, many or only low bits of the fraction
        auto const fraction = random.bits() >> random.below(64);
        auto const whole = random.below(1000);
        auto const exact = std::exp2(-static_cast<long double>(whole) -
                                     std::ldexp(static_cast<long double>(fraction), -64));
        auto const error = std::abs((exp2_minus(whole, fraction) - exact) / exact);
        if (!(error < 4e-16L))
            support::broken("2^-(", whole, " + ", fraction,
                            " * 2^-64): ", static_cast<double>(error));
        auto const later = fraction + (~fraction >> random.below(64));
        if (exp2_minus(whole, later) > exp2_minus(whole, fraction))
            support::broken("rises between ", fraction, " and ", later, " after ", whole);
    });
}

TEST_CASE("the tables of exp2_minus are the same when computed at run time") {
    attribution::detail::exp2_tables again;
    CHECK(again.high == attribution::detail::exp2_table.high);
    CHECK(again.low == attribution::detail::exp2_table.low);
    CHECK(again.high[128] == 0xb504'f333'f9de'6483);  // 2^-(1/2), times 1 - 2^-64, rounded down
}
