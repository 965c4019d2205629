// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/logarithm.hpp>

#include "support/random.hpp"

#include <attribution/numeric/exponential.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace att = attribution;
using att::detail::logarithm;

static_assert(logarithm(1) == 0);

TEST_CASE("logarithms agree with libm's in long double") {
    support::random_numbers random{1};
    for (int i = 0; i < 200'000; ++i) {
        double const x = std::ldexp(1 + static_cast<double>(random.below(1U << 30)) / (1U << 30),
                                    random.between(-1070, 1022));
        auto const exact = std::log(static_cast<long double>(x));
        auto const error = std::abs(static_cast<long double>(logarithm(x)) - exact);
        REQUIRE(error <= 4.5e-16L * std::abs(exact));
    }
    for (double const x : {1 - 0x1p-53, 1 + 0x1p-52, 0.7071067811865475, 1.4142135623730951, 2.0})
        CHECK(logarithm(x) == doctest::Approx(std::log(x)).epsilon(1e-15));
}

TEST_CASE("logarithms at the limits, and of powers") {
    CHECK(logarithm(5e-324) == doctest::Approx(std::log(5e-324)).epsilon(1e-15));
    CHECK(logarithm(std::numeric_limits<double>::max()) ==
          doctest::Approx(709.782712893384).epsilon(1e-15));
    CHECK(logarithm(att::detail::exp_minus(3.5)) == doctest::Approx(-3.5).epsilon(1e-15));
}
