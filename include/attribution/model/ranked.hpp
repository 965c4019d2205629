// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/model/model.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1 {

/// Weights by rank; made by `ranked`.
template <std::size_t N>
class rank_weights {
  public:
    constexpr explicit rank_weights(double const (&given)[N]) {
        bool any = false;
        for (std::size_t i = 0; i < N; ++i) {
            if (!(given[i] >= 0) || !detail::is_finite(given[i]))
                throw std::invalid_argument{"ranked: weights must be finite and at least 0"};
            any = any || given[i] > 0;
            all_[i] = given[i];
        }
        if (!any)
            throw std::invalid_argument{"ranked: a weight must be above 0"};
    }

    [[nodiscard]] constexpr double operator[](std::size_t rank) const { return all_[rank]; }
    [[nodiscard]] constexpr std::array<double, N> all() const { return all_; }

  private:
    std::array<double, N> all_{};
};

template <std::size_t N>
struct latest_ranked_model : model_tag {
    rank_weights<N> by_rank;

    constexpr explicit latest_ranked_model(rank_weights<N> w) : by_rank{w} {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"ranked", by_rank.all()}; }

    constexpr std::array<level, N + 1> shape(std::size_t n) const {
        auto const ranked = std::min(n, N);
        std::array<level, N + 1> levels{};
        levels[0] = {n - ranked, 0};
        for (std::size_t rank = 0; rank < ranked; ++rank)
            levels[N - rank] = {1, by_rank[rank]};
        return levels;
    }
    constexpr void operator()(auto const&, weights w) const { draw(*this, w); }
};

template <std::size_t N, class Priority>
struct ranked_model : model_tag {
    rank_weights<N> by_rank;
    [[no_unique_address]] Priority priority;

    constexpr ranked_model(rank_weights<N> w, Priority p) : by_rank{w}, priority(std::move(p)) {}
    [[nodiscard]] constexpr auto made_of() const {
        return std::tuple{"ranked", by_rank.all(), priority};
    }

    constexpr void operator()(auto const& steps, weights w) const {
        auto order = steps.space().indices.borrow();
        for (std::size_t i = 0; i < steps.size(); ++i) {
            (void)detail::as_group(std::invoke(priority, steps[i].touchpoint()),
                                   "ranked: the priority of touchpoint row ", steps[i].row());
            order->push_back(i);
        }
        std::sort(order->begin(), order->end(), [&](std::size_t a, std::size_t b) {
            decltype(auto) one = std::invoke(priority, steps[a].touchpoint());
            decltype(auto) other = std::invoke(priority, steps[b].touchpoint());
            if (detail::comes_before(other, one))
                return true;
            return !detail::comes_before(one, other) && a > b;
        });
        for (std::size_t rank = 0; rank < std::min(N, steps.size()); ++rank)
            w[(*order)[rank]] = by_rank[rank];
    }
};

/// The first weight to the first in rank, the second to the second, and nothing to those beyond.
///
/// Forms:      `ranked({6, 2})` ranks by time, the latest first: 6 and 2 to the last two touchpoints.
///             `ranked({6, 2}, &touch::priority)` ranks by priority, the highest first, then by time,
///             then by row; `ranked({1}, &touch::priority)` gives all to the highest priority.
/// Edges:      a shorter path is split by its first weights; only proportions count. If all of these
///             are 0, nobody earns it. A missing priority (an empty std::optional) is the lowest.
/// Errors:     std::invalid_argument if a weight is negative or not finite, or all are 0;
///             std::domain_error, naming the row, if a priority is a NaN.
/// Complexity: O(n) per path; with a priority O(n log n).
/// Source:     W3C, Attribution Level 1, "last-n-touch attribution" with credit and priority.
/// Example:    examples/recipes/by_priority.cpp
template <std::size_t N>
[[nodiscard]] constexpr auto ranked(double const (&by_rank)[N]) {
    return latest_ranked_model<N>{rank_weights<N>{by_rank}};
}
template <std::size_t N, class Priority>
[[nodiscard]] constexpr auto ranked(double const (&by_rank)[N], Priority priority) {
    return ranked_model<N, Priority>{rank_weights<N>{by_rank}, std::move(priority)};
}

}  // namespace attribution
