// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/one_of_each.hpp>
#include <attribution/model/over.hpp>

#include <concepts>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

template <class Projection>
struct first_of_each_selector {
    [[no_unique_address]] Projection projection;

    constexpr explicit first_of_each_selector(Projection p) : projection(std::move(p)) {}

    [[nodiscard]] static constexpr std::string_view name() { return "first of each"; }
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{name(), projection}; }

    constexpr void operator()(auto const& steps, selection& chosen) const {
        using value = detail::projected_value<Projection, std::remove_cvref_t<decltype(steps)>>;
        static_assert(std::totally_ordered<value>,
                      "attribution: first_of_each() needs a projection to an ordered value");
        detail::refuse_nans(steps, projection, "first_of_each");
        detail::one_of_each(steps, projection, detail::occurrence::first, chosen);
    }
};

/// Chooses the first touchpoint of each distinct value, such as each channel.
///
/// Edges:      changes nothing on a path without repeats. Text given by its address is compared by
///             its characters. All touchpoints without a value (an empty std::optional, a null
///             pointer to text) share one value: "no channel" is one channel. 0.0 and -0.0 are
///             equal.
/// Errors:     std::domain_error that names the touchpoint and the conversion, if a value is or
///             holds a NaN.
/// Complexity: O(n log n) comparisons per path.
/// Source:     channels counted once per path, as in Shao & Li, 2011, "Data-driven multi-touch
///             attribution models"; the two KrispCall reports count platforms so.
template <class Projection>
[[nodiscard]] constexpr auto first_of_each(Projection projection) {
    return first_of_each_selector<Projection>{std::move(projection)};
}

}  // namespace attribution
