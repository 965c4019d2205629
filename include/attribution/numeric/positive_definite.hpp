// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/product.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

namespace attribution::inline v0_1::detail {

/// A symmetric matrix, of which the lower triangle is kept, row by row.
class symmetric_matrix {
  public:
    explicit symmetric_matrix(std::size_t size) : size_{size}, cells_(size * (size + 1) / 2, 0.0) {}

    [[nodiscard]] std::size_t size() const { return size_; }
    /// Row and column in any order.
    [[nodiscard]] double& operator()(std::size_t row, std::size_t column) {
        return row < column ? cells_[column * (column + 1) / 2 + row]
                            : cells_[row * (row + 1) / 2 + column];
    }
    [[nodiscard]] double operator()(std::size_t row, std::size_t column) const {
        return row < column ? cells_[column * (column + 1) / 2 + row]
                            : cells_[row * (row + 1) / 2 + column];
    }

  private:
    std::size_t size_;
    std::vector<double> cells_;
};

/// x with matrix * x == right, by Cholesky's factors; empty if the matrix is not positive definite.
///
/// Square roots are correctly rounded everywhere, and every product is rounded before it is added,
/// so that the result does not depend on the compiler.
[[nodiscard]] inline std::vector<double> solve(symmetric_matrix matrix, std::vector<double> right) {
    auto const size = matrix.size();
    for (std::size_t j = 0; j < size; ++j) {
        auto pivot = matrix(j, j);
        for (std::size_t k = 0; k < j; ++k)
            pivot -= product(matrix(j, k), matrix(j, k));
        if (!(pivot > 0))
            return {};
        auto const root = std::sqrt(pivot);
        matrix(j, j) = root;
        for (std::size_t i = j + 1; i < size; ++i) {
            auto cell = matrix(i, j);
            for (std::size_t k = 0; k < j; ++k)
                cell -= product(matrix(i, k), matrix(j, k));
            matrix(i, j) = cell / root;
        }
    }
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t k = 0; k < i; ++k)
            right[i] -= product(matrix(i, k), right[k]);
        right[i] /= matrix(i, i);
    }
    for (auto i = size; i-- > 0;) {
        for (std::size_t k = i + 1; k < size; ++k)
            right[i] -= product(matrix(k, i), right[k]);
        right[i] /= matrix(i, i);
    }
    return right;
}

}  // namespace attribution::detail
