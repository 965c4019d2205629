// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/shape.hpp>

#include <array>
#include <cstddef>
#include <tuple>

namespace attribution::inline v0_1 {

struct last_touch_fn : model_tag {
    static constexpr path_end picks = path_end::last;
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"last_touch"}; }

    constexpr auto shape(std::size_t n) const { return std::array{level{n - 1, 0}, level{1, 1}}; }
    constexpr void operator()(auto const&, weights w) const { draw(*this, w); }
};

/// All credit to the latest eligible touchpoint.
///
/// Edges:      of several at the latest instant, the one in the last row.
/// Complexity: O(1) per path (O(n) under a policy that is not only a window).
/// Source:     folklore.
inline constexpr last_touch_fn last_touch{};

}  // namespace attribution
