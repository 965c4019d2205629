// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/conversion_rates.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

namespace att = attribution;
using att::detail::contribution, att::detail::contribution_among_all;

namespace {

using members = std::vector<std::uint32_t>;

// A: 1/2, B: 3/8, together 3/4; C: 1/2, always alone.
att::detail::conversion_rates const rates{
    {{{0}, 1, 3, 0}, {{0, 1}, 3, 1, 0}, {{1}, 0, 4, 0}, {{2}, 1, 1, 0}}, 4};

}  // namespace

TEST_CASE("rates of channels and of pairs") {
    CHECK(rates.channels() == 4);
    CHECK(rates.of(0) == 0.5);
    CHECK(rates.of(1) == 0.375);
    CHECK(rates.of(3) == 0);
    REQUIRE(rates.of(0, 1) != nullptr);
    CHECK(*rates.of(0, 1) == 0.75);
    CHECK(rates.of(1, 0) == rates.of(0, 1));
    CHECK(rates.of(0, 2) == nullptr);
    CHECK(rates.of(2, 3) == nullptr);
}

TEST_CASE("contributions, by hand") {
    CHECK(contribution(rates, 0, members{0}) == 0.5);
    // 1/2 + (3/4 - 1/2 - 3/8) / 2
    CHECK(contribution(rates, 0, members{0, 1}) == 0.4375);
    CHECK(contribution(rates, 1, members{1, 0}) == 0.3125);
    // A pair that was never seen adds nothing, but counts among the pairs.
    CHECK(contribution(rates, 0, members{0, 1, 2}) == 0.46875);
    CHECK(contribution(rates, 2, members{0, 1, 2}) == 0.5);
}

TEST_CASE("contributions among all channels, where pairs that were never seen never convert") {
    att::detail::conversion_rates const three{
        {{{0}, 1, 3, 0}, {{0, 1}, 3, 1, 0}, {{1}, 0, 4, 0}, {{2}, 1, 1, 0}}, 3};
    CHECK(contribution_among_all(three, 0) == 0.21875);  // 1/2 + (-1/8 - 1) / 4
    CHECK(contribution_among_all(three, 1) == 0.125);
    CHECK(contribution_among_all(three, 2) == 0.03125);
    CHECK(contribution_among_all({{{{0}, 1, 3, 0}}, 1}, 0) == 0.25);
}
