// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/model.hpp>
#include <attribution/policy/policy.hpp>

#include <cstddef>
#include <utility>

namespace attribution {

template <policy Policy, class Model>
struct prefer_model : model_tag {
    [[no_unique_address]] Policy preferred;
    [[no_unique_address]] Model inner;

    constexpr prefer_model(Policy p, Model m) : preferred(std::move(p)), inner(std::move(m)) {}

    constexpr void operator()(auto const& steps, weights w) const {
        auto chosen = steps.space().indices.borrow();
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (detail::admits(preferred, steps[i]))
                chosen->push_back(i);
        if (chosen->empty())
            inner(steps, w);
        else
            attribution::weigh_among(steps, chosen.span(), inner, w);
    }
};

/// `m` over the touchpoints that satisfy the policy if there are any, else `m` over all.
///
/// Edges:      prefer(always, m) is m. The policy chooses within the path; it cannot bring in a
///             touchpoint that is not eligible.
/// Complexity: one test per touchpoint, and m's.
/// Source:     "last non-direct click", Google Analytics: `prefer(!where(&touch::direct),
///             last_touch)`.
template <policy Policy, class Model>
[[nodiscard]] constexpr auto prefer(Policy p, Model m) {
    return prefer_model<Policy, Model>{std::move(p), std::move(m)};
}

}  // namespace attribution
