// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/report/bound_dimension.hpp>

#include <utility>

/// What credits are grouped by: projections of touchpoints, of conversions, or of both.
namespace attribution::inline v0_1 {

/// A projection of touchpoints, or of conversions, for `by` where both are of one type.
template <class Projection>
[[nodiscard]] constexpr auto of_touchpoint(Projection projection) {
    return detail::touchpoint_dimension<Projection>{std::move(projection)};
}
template <class Projection>
[[nodiscard]] constexpr auto of_conversion(Projection projection) {
    return detail::conversion_dimension<Projection>{std::move(projection)};
}

}  // namespace attribution
