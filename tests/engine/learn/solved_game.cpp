// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/solved_game.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

namespace att = attribution;

namespace {

std::vector<double> values_of(std::vector<att::detail::exact_sum> const& sums) {
    std::vector<double> values;
    for (auto const& sum : sums)
        values.push_back(sum.value());
    return values;
}

}  // namespace

TEST_CASE("a coalition's conversions go to its members in equal parts") {
    std::vector<att::detail::exact_sum> sums(3);
    att::detail::add_evenly({0, 2}, 3, sums);
    CHECK(values_of(sums) == std::vector<double>{1.5, 0, 1.5});
}

TEST_CASE("a rate of exactly some players is won by them and lost by the others") {
    // Of the orders of three players, a third has a given one last, and a sixth a given one first
    // and another given one second.
    std::vector<att::detail::exact_sum> sums(3);
    att::detail::add_marginals({1}, 6, sums);
    CHECK(values_of(sums) == std::vector<double>{-1, 2, -1});
    std::vector<att::detail::exact_sum> all(2);
    att::detail::add_marginals({0, 1}, 6, all);
    CHECK(values_of(all) == std::vector<double>{3, 3});
    att::detail::add_marginals({0}, 0, all);
    CHECK(values_of(all) == std::vector<double>{3, 3});
}
