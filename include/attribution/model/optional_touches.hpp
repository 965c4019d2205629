// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/eligibility/policy.hpp>
#include <attribution/path.hpp>

#include <cstddef>
#include <utility>

namespace attribution {

template <policy Policy, class Model>
struct optional_touches_model : model_tag {
    [[no_unique_address]] Policy dispensable;
    [[no_unique_address]] Model inner;

    constexpr optional_touches_model(Policy p, Model m)
        : dispensable(std::move(p)), inner(std::move(m)) {}

    constexpr void operator()(auto const& steps, weights w) const {
        auto chosen = steps.space().indices.borrow();
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (!detail::admits(dispensable, steps[i]))
                chosen->push_back(i);
        if (chosen->empty())
            inner(steps, w);
        else
            weigh_among(steps, chosen.span(), inner, w);
    }
};

/// `m`, in which the touchpoints that satisfy the policy are optional: they count only where
/// nothing else is in the path.
///
/// Equivalent to: prefer(!policy, m).
/// Edges:      optional_touches(!always, m) is m. Nested, it gives an order of precedence:
///             `optional_touches(direct, optional_touches(view, last_touch))`.
/// Complexity: one test per touchpoint, and m's.
/// Source:     "ignore direct unless it is alone": the rule behind last non-direct click.
template <policy Policy, class Model>
[[nodiscard]] constexpr auto optional_touches(Policy p, Model m) {
    return optional_touches_model<Policy, Model>{std::move(p), std::move(m)};
}

}  // namespace attribution
