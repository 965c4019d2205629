// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/numeric/product.hpp>

#include <array>
#include <cstddef>

namespace attribution::inline v0_1::detail {

/// Two sums side by side, which many processors add to in one instruction. Each is the same number as if it
/// were computed alone, as with `product`.
class double_pair {
  public:
    double_pair() = default;
    explicit double_pair(double both) : two_{both, both} {}

    /// Adds to each sum its own of two numbers times its own of two factors.
    ATTRIBUTION_INLINE void add_products(double const* numbers, double_pair const& factors) {
#if ATTRIBUTION_HAS_VECTORS
        pair products = pair{numbers[0], numbers[1]} * factors.two_;
        ATTRIBUTION_FORGET_ORIGIN(products);
        two_ += products;
#else
        for (std::size_t i = 0; i < 2; ++i)
            two_[i] += detail::product(numbers[i], factors.two_[i]);
#endif
    }

    [[nodiscard]] double operator[](std::size_t i) const {
        return two_[i];
    }

  private:
#if ATTRIBUTION_HAS_VECTORS
    using pair [[gnu::vector_size(16)]] = double;
#else
    using pair = std::array<double, 2>;
#endif

    pair two_{0, 0};
};

}  // namespace attribution::detail
