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
struct last_of_each_selector {
    [[no_unique_address]] Projection projection;

    constexpr explicit last_of_each_selector(Projection p) : projection(std::move(p)) {}

    [[nodiscard]] static constexpr std::string_view name() { return "last of each"; }
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{name(), projection}; }

    constexpr void operator()(auto const& steps, selection& chosen) const {
        using value = detail::projected_value<Projection, std::remove_cvref_t<decltype(steps)>>;
        static_assert(std::totally_ordered<value>,
                      "attribution: last_of_each() needs a projection to an ordered value");
        detail::refuse_nans(steps, projection, "last_of_each");
        detail::one_of_each(steps, projection, detail::occurrence::last, chosen);
    }
};

/// Chooses the last touchpoint of each distinct value, such as each channel.
///
/// Edges:      changes nothing on a path without repeats. Order and ages are those of the last
///             occurrences: `over(last_of_each(&touch::channel), first_touch)` credits the channel
///             whose last touchpoint is the earliest. Values are compared as by `first_of_each`.
/// Errors:     as `first_of_each`.
/// Complexity: O(n log n) comparisons per path.
/// Source:     the counterpart of `first_of_each`; folklore.
template <class Projection>
[[nodiscard]] constexpr auto last_of_each(Projection projection) {
    return last_of_each_selector<Projection>{std::move(projection)};
}

}  // namespace attribution
