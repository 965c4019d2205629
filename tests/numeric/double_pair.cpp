// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/double_pair.hpp>

#include "support/random.hpp"

#include <attribution/numeric/product.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>

using attribution::detail::double_pair;
using attribution::detail::product;

TEST_CASE("two sums side by side are those that each would be alone") {
    support::random_numbers random{7};
    for (int world = 0; world < 200; ++world) {
        double_pair both;
        std::array<double, 2> alone{};
        CHECK(both[0] == 0);
        CHECK(both[1] == 0);
        for (int i = 0; i < 50; ++i) {
            auto const factor = std::ldexp(random.unit() - 0.5, static_cast<int>(random.below(40)));
            std::array<double, 2> const often{static_cast<double>(random.below(9)),
                                              static_cast<double>(random.below(1024))};
            both.add_products(often.data(), double_pair{factor});
            for (std::size_t side = 0; side < 2; ++side) {
                alone[side] += product(often[side], factor);
                if (both[side] != alone[side])
                    FAIL(both[side] << " instead of " << alone[side]);
            }
        }
    }
}
