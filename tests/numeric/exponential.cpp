// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/exponential.hpp>

#include "support/random.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace att = attribution;
using att::detail::exp_minus, att::detail::exponential, att::detail::one_minus_exp_minus;

static_assert(exp_minus(0) == 1 && one_minus_exp_minus(0) == 0 && exponential(0) == 1);
static_assert(exponential(-0.0) == 1);
static_assert(exponential(800) == std::numeric_limits<double>::infinity());
static_assert(exponential(-800) == 0);

TEST_CASE("powers of e agree with libm's in long double") {
    support::random_numbers random{1};
    for (int i = 0; i < 200'000; ++i) {
        auto const exponent = random.between(-60, 9);
        double const x =
            std::ldexp(1 + static_cast<double>(random.below(1U << 30)) / (1U << 30), exponent);
        auto const exact = std::exp(-static_cast<long double>(x));
        auto const rest = -std::expm1(-static_cast<long double>(x));
        if (x < 700) {
            auto const error = std::abs(static_cast<long double>(exp_minus(x)) - exact);
            REQUIRE(static_cast<double>(error / exact) < 0x1p-52);
            auto const inverse = std::abs(static_cast<long double>(exponential(x)) * exact - 1);
            REQUIRE(static_cast<double>(inverse) < 0x1p-51);
        }
        auto const missed = std::abs(static_cast<long double>(one_minus_exp_minus(x)) - rest);
        REQUIRE(static_cast<double>(missed / rest) < 4e-13);
        REQUIRE(static_cast<double>(missed) < 2.5e-16);
    }
}

TEST_CASE("powers of e at the limits") {
    constexpr auto infinite = std::numeric_limits<double>::infinity();
    for (double const x : {710.0, 1e6, 1e13, 1e300, infinite}) {
        CHECK(exp_minus(x) == 0);
        CHECK(one_minus_exp_minus(x) == 1);
    }
    for (int exponent = -1000; exponent < -60; ++exponent) {
        CHECK(exp_minus(std::ldexp(1.75, exponent)) == 1);
        CHECK(exponential(std::ldexp(1.75, exponent)) == 1);
    }
    CHECK(exp_minus(5e-324) == 1);
    CHECK(one_minus_exp_minus(5e-324) == 5e-324);
    CHECK(one_minus_exp_minus(36) < 1);
}

TEST_CASE("1 - e^-x rises with x") {
    double last = 0;
    for (int i = -3000; i <= 100; ++i) {
        double const now = one_minus_exp_minus(std::exp2(i / 20.0));
        REQUIRE(now >= last);
        last = now;
    }
}

TEST_CASE("exponential: within two units of the last place of the standard library's") {
    for (double x = -700; x <= 700; x += 0.37) {
        auto const expected = std::exp(x);
        CHECK(std::abs(exponential(x) - expected) <= 0x1p-51 * expected);
        auto const near = std::exp(x / 1e5);
        CHECK(std::abs(exponential(x / 1e5) - near) <= 0x1p-51 * near);
    }
    CHECK(exponential(1) == doctest::Approx(2.718281828459045).epsilon(1e-15));
}

TEST_CASE("exponential: at the borders") {
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    CHECK(exponential(709.7) == doctest::Approx(std::exp(709.7)).epsilon(1e-14));
    CHECK(exponential(710) == infinity);
    CHECK(exponential(infinity) == infinity);
    CHECK(exponential(-infinity) == 0);
    CHECK(exponential(-709) == 0);  // where doubles lose digits, it is 0 as of 2^-1022
    CHECK(exponential(-708) == doctest::Approx(std::exp(-708)).epsilon(1e-14));
    CHECK(exponential(std::numeric_limits<double>::denorm_min()) == 1);
    CHECK(std::isnan(exponential(std::numeric_limits<double>::quiet_NaN())));
}
