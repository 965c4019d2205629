// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/one_of_each.hpp>
#include <attribution/model/model.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace attribution {

template <class Projection, class Model>
struct over_runs_model : model_tag {
    [[no_unique_address]] Projection projection;
    [[no_unique_address]] Model inner;

    constexpr over_runs_model(Projection p, Model m)
        : projection(std::move(p)), inner(std::move(m)) {}

    constexpr void operator()(auto const& steps, weights w) const {
        auto const value = [&](std::size_t i) -> decltype(auto) {
            return detail::compared_value(steps[i], projection);
        };
        static_assert(std::equality_comparable<std::remove_cvref_t<decltype(value(0))>>,
                      "attribution: over_runs() needs a projection to a value that can be compared "
                      "for equality");
        detail::refuse_nans(steps, projection, "over_runs");
        auto chosen = steps.space().indices.borrow();
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (i == 0 || !(value(i - 1) == value(i)))
                chosen->push_back(i);
        weigh_among(steps, chosen.span(), inner, w);
    }
};

/// `m` over the first touchpoint of each run of equal values: three searches in a row count as one,
/// a search that comes back later counts again.
///
/// Edges:      changes nothing on a path without immediate repeats. Values are compared as by
///             `over_distinct`: touchpoints without one, in a row, are a run.
/// Errors:     as `over_distinct`.
/// Complexity: O(n) per path.
/// Source:     collapsed paths, as in Anderl et al., 2016, "Mapping the customer journey".
template <class Projection, class Model>
[[nodiscard]] constexpr auto over_runs(Projection projection, Model m) {
    return over_runs_model<Projection, Model>{std::move(projection), std::move(m)};
}

}  // namespace attribution
