// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/product.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

/// How the touchpoints of a conversion share what they cause together.
namespace attribution::inline v0_1::detail {

/// Abscissas and weights of Gauss and Legendre's quadrature with 16 points on [-1, 1], of which the
/// positive half is listed: exact for polynomials up to the degree 31.
inline constexpr std::array<std::array<double, 2>, 8> legendre{
    {{0.0950125098376374402, 0.1894506104550684963},
     {0.2816035507792589132, 0.1826034150449235889},
     {0.4580167776572273863, 0.1691565193950025382},
     {0.6178762444026437484, 0.1495959888165767321},
     {0.7554044083550030339, 0.1246289712555338720},
     {0.8656312023878317439, 0.0951585116824927848},
     {0.9445750230732325761, 0.0622535239386478929},
     {0.9894009349916499326, 0.0271524594117540949}}};

/// How much of a conversion each touchpoint causes, given by what is left of the rate without it:
/// `without[i]` = exp(-(what touchpoint i adds to the logarithm of the rate)).
///
/// The touchpoints' factors multiply, so the Shapley value is an integral of their multilinear
/// extension: (1 - without[i]) * the integral over t in [0, 1] of the product over all others of
/// t + (1 - t) * without[j]. Up to 32 touchpoints it is exact but for rounding.
///
/// The sum is 1 - the product of `without`: the baseline's part is not handed out.
/// Source:     Owen, 1972, "Multilinear extensions of games".
inline void share_by_shapley(std::span<double const> without, std::span<double> shares) {
    std::fill(shares.begin(), shares.end(), 0.0);
    for (auto const& [abscissa, weight] : legendre)
        for (auto const sign : {-1.0, 1.0}) {
            auto const t = (1 + sign * abscissa) / 2;
            double all = weight / 2;
            for (auto const one : without)
                all *= t + product(1 - t, one);
            for (std::size_t i = 0; i < shares.size(); ++i)
                shares[i] += product(all / (t + product(1 - t, without[i])), 1 - without[i]);
        }
}

/// The same when the latest touchpoint is removed first, then the one before it, and so on.
inline void share_backwards(std::span<double const> without, std::span<double> shares) {
    double left = 1;
    for (auto i = shares.size(); i-- > 0;) {
        auto const less = left * without[i];
        shares[i] = left - less;
        left = less;
    }
}

/// The same total, in proportion to `added`, what each adds to the logarithm of the rate; what is
/// negative counts as 0.
inline void share_in_proportion(std::span<double const> without, std::span<double const> added,
                                std::span<double> shares) {
    double left = 1;
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        left *= without[i];
        sum += std::max(added[i], 0.0);
    }
    for (std::size_t i = 0; i < shares.size(); ++i)
        shares[i] = sum > 0 ? product(std::max(added[i], 0.0) / sum, std::max(1 - left, 0.0)) : 0;
}

}  // namespace attribution::detail
