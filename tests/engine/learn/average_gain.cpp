// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/average_gain.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace att = attribution;
using doctest::Approx;

namespace {

/// Two are worth 6 together, and with a third 9; whoever is alone is worth nothing.
double worth(std::span<int const> coalition) {
    return coalition.size() < 2 ? 0 : coalition.size() == 2 ? 6 : 9;
}

}  // namespace

TEST_CASE("gains that are counted out are the same for equal players") {
    auto const gains = att::detail::counted_out(std::vector{1, 2, 3}, worth);
    REQUIRE(gains.size() == 3);
    for (auto const& one : gains) {
        CHECK(one.value == Approx(3).epsilon(1e-14));
        CHECK(one.standard_error == 0);
    }
}

TEST_CASE("sampled gains add up to the worth of all, and are near those counted out") {
    auto const gains = att::detail::sampled(std::vector{1, 2, 3}, worth, 1000, 1);
    REQUIRE(gains.size() == 3);
    double all = 0;
    for (auto const& one : gains) {
        all += one.value;
        CHECK(one.standard_error > 0);
        CHECK(std::abs(one.value - 3) < 5 * one.standard_error);
    }
    CHECK(all == Approx(9).epsilon(1e-12));
    auto const again = att::detail::sampled(std::vector{1, 2, 3}, worth, 1000, 1);
    CHECK(again[0].value == gains[0].value);
}
