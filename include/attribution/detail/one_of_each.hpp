// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/detail/project.hpp>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::detail {

enum class occurrence { first, last };

/// Fills `chosen` with the steps, ascending, that are the first or the last occurrence of their
/// projected value. O(n log n) comparisons.
template <class Path, class Projection>
constexpr void one_of_each(Path const& steps, Projection const& projection, occurrence wanted,
                           std::vector<std::size_t>& chosen) {
    auto const value = [&](std::size_t i) -> decltype(auto) {
        return project(projection, steps[i].touchpoint());
    };
    chosen.clear();
    for (std::size_t i = 0; i < steps.size(); ++i)
        chosen.push_back(i);
    std::sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) {
        if (value(a) < value(b))
            return true;
        if (value(b) < value(a))
            return false;
        return wanted == occurrence::first ? a < b : a > b;
    });
    chosen.erase(std::unique(chosen.begin(), chosen.end(),
                             [&](std::size_t a, std::size_t b) { return value(a) == value(b); }),
                 chosen.end());
    std::sort(chosen.begin(), chosen.end());
}

/// What a projection makes of the touchpoints of a path.
template <class Projection, class Path>
using projected_value = std::remove_cvref_t<
    std::invoke_result_t<Projection const&, decltype(std::declval<Path const&>()[0].touchpoint())>>;

}  // namespace attribution::detail
