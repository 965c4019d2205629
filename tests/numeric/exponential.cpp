// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/exponential.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using attribution::detail::exponential;

static_assert(exponential(0) == 1);
static_assert(exponential(-0.0) == 1);
static_assert(exponential(800) == std::numeric_limits<double>::infinity());
static_assert(exponential(-800) == 0);

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
