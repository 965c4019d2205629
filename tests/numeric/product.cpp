// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/product.hpp>

#include <doctest/doctest.h>

#include <cmath>

using attribution::detail::product;

// 0.1 * 10 is 1 when it is rounded, and 2^-54 more when it is not.
static_assert(product(0.1, 10.0) - 1.0 == 0);

TEST_CASE("a product is rounded before it is added") {
    double volatile tenth = 0.1;
    double volatile ten = 10;
    CHECK(std::fma(tenth, ten, -1.0) == 0x1p-54);
    CHECK(product(tenth, ten) - 1.0 == 0);
}
