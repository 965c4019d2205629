// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/shape.hpp>

#include <array>
#include <cstddef>
#include <tuple>

namespace attribution::inline v0_1 {

struct linear_fn : model_tag {
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"linear"}; }

    constexpr auto shape(std::size_t n) const { return std::array{level{n, 1}}; }
    constexpr void operator()(auto const&, weights w) const { draw(*this, w); }
};

/// The same credit to every eligible touchpoint.
///
/// Edges:      every touchpoint counts, so a repeated channel counts each time; see `first_of_each`
///             to count channels. Units left over go to the earlier touchpoints: many orders of one
///             unit would all go to the first. See `fair_ties`.
/// Complexity: O(n) per path.
/// Source:     folklore.
inline constexpr linear_fn linear{};

}  // namespace attribution
