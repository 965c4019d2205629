// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/positive_definite.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

namespace detail = attribution::detail;

TEST_CASE("solve: a system by hand") {
    detail::symmetric_matrix matrix{3};
    double const cells[3][3] = {{4, 2, 2}, {2, 5, 3}, {2, 3, 6}};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j <= i; ++j)
            matrix(i, j) = cells[i][j];
    CHECK(matrix(0, 2) == 2);
    // 4 + 4 + 6 = 14, 2 + 10 + 9 = 21, 2 + 6 + 18 = 26
    auto const x = detail::solve(matrix, {14, 21, 26});
    REQUIRE(x.size() == 3);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(x[i] == doctest::Approx(static_cast<double>(i + 1)).epsilon(1e-14));
}

TEST_CASE("solve: nothing without a positive definite matrix") {
    detail::symmetric_matrix matrix{2};
    CHECK(detail::solve(matrix, {1, 1}).empty());
    matrix(0, 0) = matrix(1, 1) = 1;
    matrix(0, 1) = 1;
    CHECK(detail::solve(matrix, {1, 1}).empty());
    matrix(1, 0) = 0.5;
    CHECK(detail::solve(matrix, {1, 1}).size() == 2);
}
