// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/over.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <tuple>

namespace attribution::inline v0_1 {

struct last_selector {
    std::size_t count;

    constexpr explicit last_selector(std::size_t k) : count{k} {
        if (k == 0)
            throw std::invalid_argument{"last: k must be at least 1"};
    }

    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"last", count}; }

    [[nodiscard]] std::string name() const { return "last " + std::to_string(count); }

    constexpr void operator()(auto const& steps, selection& chosen) const {
        for (auto i = steps.size() - std::min(steps.size(), count); i < steps.size(); ++i)
            chosen.push_back(i);
    }
};

/// Chooses the last `k` touchpoints of a path.
///
/// Edges:      counts eligible touchpoints: with the policy `where(click)` these are the last k
///             clicks. The policy `last_touches(k)` counts all touchpoints of the customer instead.
///             over(last(1), m) is last touch for every m that weighs a single touchpoint.
/// Errors:     std::invalid_argument if k is 0.
/// Complexity: O(k).
/// Source:     "last n interactions"; folklore.
[[nodiscard]] constexpr last_selector last(std::size_t k) {
    return last_selector{k};
}

}  // namespace attribution
