// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/model.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace attribution {

template <class Model>
struct over_last_model : model_tag {
    std::size_t count;
    [[no_unique_address]] Model inner;

    constexpr over_last_model(std::size_t k, Model m) : count{k}, inner(std::move(m)) {
        if (k == 0)
            throw std::invalid_argument{"over_last: k must be at least 1"};
    }

    constexpr void operator()(auto const& steps, weights w) const {
        auto chosen = steps.space().indices.borrow();
        for (auto i = steps.size() - std::min(steps.size(), count); i < steps.size(); ++i)
            chosen->push_back(i);
        weigh_among(steps, chosen.span(), inner, w);
    }
};

/// `m` over the last `k` touchpoints of the path; 0 for earlier ones.
///
/// Edges:      counts eligible touchpoints: with the policy `where(click)` these are the last k
///             clicks. The policy `last_touches(k)` counts all touchpoints of the customer instead.
///             over_last(1, m) is last touch for every m that weighs a single touchpoint.
/// Errors:     std::invalid_argument if k is 0.
/// Complexity: m's over k touchpoints.
/// Source:     "last n interactions"; folklore.
template <class Model>
[[nodiscard]] constexpr auto over_last(std::size_t k, Model m) {
    return over_last_model<Model>{k, std::move(m)};
}

}  // namespace attribution
