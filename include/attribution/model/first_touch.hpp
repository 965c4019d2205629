// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/shape.hpp>

#include <array>
#include <cstddef>
#include <tuple>

namespace attribution::inline v0_1 {

struct first_touch_fn : model_tag {
    static constexpr path_end picks = path_end::first;
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"first_touch"}; }

    constexpr auto shape(std::size_t n) const { return std::array{level{1, 1}, level{n - 1, 0}}; }
    constexpr void operator()(auto const&, weights w) const { draw(*this, w); }
};

/// All credit to the earliest eligible touchpoint.
///
/// Edges:      of several at the earliest instant, the one in the first row.
/// Complexity: O(1) per path (O(n) under a policy that is not only a window).
/// Source:     folklore.
inline constexpr first_touch_fn first_touch{};

}  // namespace attribution
