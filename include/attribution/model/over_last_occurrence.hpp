// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/one_of_each.hpp>
#include <attribution/model/model.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace attribution {

template <class Projection, class Model>
struct over_last_occurrence_model : model_tag {
    [[no_unique_address]] Projection projection;
    [[no_unique_address]] Model inner;

    constexpr over_last_occurrence_model(Projection p, Model m)
        : projection(std::move(p)), inner(std::move(m)) {}

    constexpr void operator()(auto const& steps, weights w) const {
        using value = detail::projected_value<Projection, std::remove_cvref_t<decltype(steps)>>;
        static_assert(std::totally_ordered<value>,
                      "attribution: over_last_occurrence() needs a projection to an ordered value");
        detail::refuse_nans(steps, projection, "over_last_occurrence");
        auto chosen = steps.space().indices.borrow();
        detail::one_of_each(steps, projection, detail::occurrence::last, *chosen);
        weigh_among(steps, chosen.span(), inner, w);
    }
};

/// `m` over the last touchpoint of each distinct value, such as each channel; 0 for earlier ones.
///
/// Edges:      changes nothing on a path without repeats. Order and ages are those of the last
///             occurrences: `over_last_occurrence(&touch::channel, first_touch)` credits the
///             channel that was left behind first. Text by address counts by its
///             characters. Touchpoints without a value (an empty
///             std::optional, a null pointer to text) have one value in common: "no channel" is one
///             channel. 0.0 and -0.0 are one.
/// Errors:     std::domain_error that names the touchpoint and the conversion, if a value is or
///             holds a NaN.
/// Complexity: O(n log n) comparisons per path.
/// Source:     the counterpart of `over_distinct`; folklore.
template <class Projection, class Model>
[[nodiscard]] constexpr auto over_last_occurrence(Projection projection, Model m) {
    return over_last_occurrence_model<Projection, Model>{std::move(projection), std::move(m)};
}

}  // namespace attribution
