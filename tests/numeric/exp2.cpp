// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/exp2.hpp>

#include "support/law.hpp"

#include <attribution/numeric/fixed_point.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

namespace {

using attribution::detail::exp2_minus;
using attribution::detail::square_root;

constexpr std::uint64_t half = std::uint64_t{1} << 63;

constexpr bool test() {
    return exp2_minus(0, 0) == 1 && exp2_minus(1, 0) == 0.5 && exp2_minus(10, 0) == 0x1p-10 &&
           exp2_minus(1021, 0) == 0x1p-1021 && exp2_minus(1022, 0) == 0 &&
           exp2_minus(4096, 0) == 0 && exp2_minus(0, half) > 0.70710678118654746 &&
           exp2_minus(0, half) < 0.70710678118654764 && exp2_minus(0, 1) <= 1 &&
           exp2_minus(0, ~std::uint64_t{0}) >= 0.5;
}
static_assert(test());

static_assert(attribution::detail::exp2_units(0, 0) == std::uint64_t{1} << 61);
static_assert(attribution::detail::exp2_units(61, 0) == 1);
static_assert(attribution::detail::exp2_units(62, 0) == 1);  // half of one, rounded up
static_assert(attribution::detail::exp2_units(62, half) == 0);
static_assert(attribution::detail::exp2_units(63, 0) == 0);

static_assert(square_root(0) == 0);
static_assert(square_root(3) == 1);
static_assert(square_root(4) == 2);
static_assert(square_root(8) == 2);
static_assert(square_root(9) == 3);

// Almost halfway between two doubles, so that the last of the 64 bits decides.
static_assert(exp2_minus(0, 0x4b01) == 0x1.ffffffffffffap-1);
static_assert(exp2_minus(0, 0x16e2'30ec'eff3'fec2) == 0x1.e13d4c7818883p-1);

}  // namespace

TEST_CASE("exp2_minus") {
    CHECK(test());
}

TEST_CASE("law: exp2_minus is the double nearest to the exponential, or almost, and falls") {
    support::for_all_worlds([](support::random_numbers& random) {
        // few, many or only low bits of the fraction
        auto const fraction = random.bits() >> random.below(64);
        auto const whole = random.below(1000);
        auto const exact = std::exp2(-std::ldexp(static_cast<long double>(fraction), -64));
        auto const scaled = std::ldexp(static_cast<long double>(exp2_minus(whole, fraction)),
                                       static_cast<int>(whole));
        auto const half_places = std::ldexp(std::abs(scaled - exact), 54);
        if (!(half_places <= 1 + 0x1p-5L))
            support::broken("2^-(", whole, " + ", fraction, " * 2^-64) is ",
                            static_cast<double>(half_places), " halves of the last place off");
        auto const later = fraction + (~fraction >> random.below(64));
        if (exp2_minus(whole, later) > exp2_minus(whole, fraction))
            support::broken("rises between ", fraction, " and ", later, " after ", whole);
    });
}

TEST_CASE("law: units are the double's, rounded half up") {
    using attribution::detail::exp2_units;
    using attribution::detail::weight_units;
    support::for_all_worlds([](support::random_numbers& random) {
        // few, many or only low bits of the fraction; around where nothing is left, too
        auto const bits = random.bits() >> random.below(64);
        auto const fraction = random.below(4) == 0 ? ~bits : bits;
        auto const whole = random.below(3) == 0 ? 58 + random.below(8) : random.below(1100);
        if (exp2_units(whole, fraction) != weight_units(exp2_minus(whole, fraction), 0))
            support::broken("2^-(", whole, " + ", fraction, " * 2^-64) has ",
                            exp2_units(whole, fraction), " units");
    });
    for (std::uint64_t whole = 0; whole < 70; ++whole)
        for (auto const fraction :
             {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{0x4b01}, half, ~std::uint64_t{0}})
            CHECK(exp2_units(whole, fraction) == weight_units(exp2_minus(whole, fraction), 0));
}

TEST_CASE("the tables of exp2_minus are the same when computed at run time") {
    attribution::detail::exp2_tables again;
    CHECK(again.high == attribution::detail::exp2_table.high);
    CHECK(again.low == attribution::detail::exp2_table.low);
    CHECK(again.high[128] == 0xb504'f333'f9de'6483);  // 2^-(1/2), times 1 - 2^-64, rounded down
}
