// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <stdexcept>

namespace attribution::inline v0_1::detail {

/// The part of all orders of `players` players in which exactly `before` given players come first,
/// followed by another given one: before! * (players - before - 1)! / players!. Below 1e-308 it is
/// 0.
inline double order_weight(std::size_t before, std::size_t players) {
    // 1 / (players * binomial(players - 1, before)), factor by factor in one order.
    double weight = 1 / static_cast<double>(players);
    auto const chosen = std::min(before, players - 1 - before);
    for (std::size_t i = 1; i <= chosen; ++i)
        weight = weight * static_cast<double>(i) / static_cast<double>(players - i);
    return weight;
}

/// Small enough that differences, their squares and sums of any number of these are finite doubles.
inline constexpr double largest_worth = 1e140;

template <class Worth>
double checked_worth(Worth worth) {
    auto const number = static_cast<double>(worth);
    if (!is_finite(number))
        throw std::domain_error{"shapley_values: the game gave a coalition a worth that is not a "
                                "finite number"};
    if (number > largest_worth || number < -largest_worth)
        throw std::domain_error{"shapley_values: the game gave a coalition a worth beyond 1e140; "
                                "count in a coarser unit"};
    return number;
}

/// What one player gained in the orders that were drawn. Deviations are measured from the first
/// gain, not from 0: squares of large gains would swallow a small spread between them.
class sampled_gain {
  public:
    void add(double gained) {
        if (!first_)
            first_ = gained;
        sum_.add(gained);
        double const off = gained - *first_;
        off_.add(off);
        squares_.add(off * off);
    }

    [[nodiscard]] double mean(double orders) const { return sum_.value() / orders; }
    /// The standard error of the mean.
    [[nodiscard]] double standard_error(double orders) const {
        double const off = off_.value();
        exact_sum spread = squares_;
        spread.add(-(off / orders) * off);
        double const variance = std::max(0.0, spread.value()) / (orders - 1);
        return std::sqrt(variance / orders);
    }

  private:
    std::optional<double> first_;
    exact_sum sum_;
    exact_sum off_;
    exact_sum squares_;
};

}  // namespace attribution::detail
