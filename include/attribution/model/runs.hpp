// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/one_of_each.hpp>
#include <attribution/model/over.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

template <class Projection>
struct runs_selector {
    [[no_unique_address]] Projection projection;

    constexpr explicit runs_selector(Projection p) : projection(std::move(p)) {}

    [[nodiscard]] static constexpr std::string_view name() { return "runs"; }
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{name(), projection}; }

    constexpr void operator()(auto const& steps, selection& chosen) const {
        auto const value = [&](std::size_t i) -> decltype(auto) {
            return detail::compared_value(steps[i], projection);
        };
        static_assert(std::equality_comparable<std::remove_cvref_t<decltype(value(0))>>,
                      "attribution: runs() needs a projection to a value that can be compared for "
                      "equality");
        detail::refuse_nans(steps, projection, "runs");
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (i == 0 || !(value(i - 1) == value(i)))
                chosen.push_back(i);
    }
};

/// Chooses the first touchpoint of each run of equal values: three searches in a row count as one,
/// a search that comes back later counts again.
///
/// Edges:      changes nothing on a path without immediate repeats. Values are compared as by
///             `first_of_each`: consecutive touchpoints without a value form one run.
/// Errors:     as `first_of_each`.
/// Complexity: O(n) per path.
/// Source:     collapsed paths, as in Anderl et al., 2016, "Mapping the customer journey".
template <class Projection>
[[nodiscard]] constexpr auto runs(Projection projection) {
    return runs_selector<Projection>{std::move(projection)};
}

}  // namespace attribution
