// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/sampled_gain.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>

namespace att = attribution;
using doctest::Approx;

TEST_CASE("the part of orders adds up to 1") {
    for (std::size_t const n : {1U, 2U, 5U, 20U, 200U}) {
        double sum = 0;  // over before: binomial(n - 1, before) orders of those sets
        for (std::size_t before = 0; before < n; ++before)
            sum += att::detail::order_weight(before, n) *
                   std::exp(std::lgamma(n) - std::lgamma(before + 1) - std::lgamma(n - before));
        CHECK(sum == Approx(1).epsilon(1e-10));
    }
}

TEST_CASE("a sampled gain knows its mean and how far that may be off") {
    att::detail::sampled_gain gain;
    for (double const gained : {1.0, 2.0, 3.0, 6.0})
        gain.add(gained);
    CHECK(gain.mean(4) == 3);
    // Squares of deviations: 4 + 1 + 0 + 9; by 3, and by 4.
    CHECK(gain.standard_error(4) == Approx(std::sqrt(14.0 / 3 / 4)));

    att::detail::sampled_gain large;  // whose squares leave nothing of the spread
    for (double const gained : {1e100, 1e100, 1e100})
        large.add(gained);
    CHECK(large.standard_error(3) == 0);
}
