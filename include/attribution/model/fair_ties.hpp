// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/stable_number.hpp>
#include <attribution/model/model.hpp>

#include <cstdint>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1 {

template <class Model, class Lot>
struct fair_ties_model : model_tag {
    [[no_unique_address]] Model inner;
    [[no_unique_address]] Lot lot;

    constexpr fair_ties_model(Model m, Lot l) : inner(std::move(m)), lot(std::move(l)) {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"fair_ties", inner, lot}; }

    constexpr void operator()(auto const& steps, weights w) const { inner(steps, w); }

    /// Where to begin among equal remainders.
    constexpr std::uint64_t first_of_ties(auto const& steps) const {
        decltype(auto) conversion = steps.conversion();
        return detail::stable_number(detail::project(lot, conversion));
    }
};

/// The same weights; but of touchpoints with equal remainders, a lot decides who gets the units left
/// over, instead of always the earlier ones.
///
/// Shape:      `fair_ties(linear, &order::id)`: the lot is a projection of the conversion that differs
///             from conversion to conversion: its id, or its key and time. It is hashed in a way that
///             is the same everywhere, so that records may come in any order and from any partition.
/// Edges:      3,000 orders of one cent after three touchpoints each give about 1,000 to each, where
///             `linear` alone gives 3,000 to the first: the parts of one conversion always add up, and
///             over many conversions nobody is favoured. Floating-point amounts have no units and do
///             not change. It counts as the outermost model; within a blend, `over` or `prefer` it
///             changes nothing.
/// Errors:     a static_assert if the lot is neither text, a whole number nor a time, nor made of
///             these.
/// Complexity: that of the model, and a hash per conversion; models that have a `shape` go without.
/// Example:    examples/recipes/fair_cents.cpp
template <class Model, class Lot>
[[nodiscard]] constexpr auto fair_ties(Model m, Lot lot) {
    return fair_ties_model<Model, Lot>{std::move(m), std::move(lot)};
}

}  // namespace attribution
