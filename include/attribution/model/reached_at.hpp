// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/milestone.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// The milestone that `reached_at` makes.
template <class Projection>
struct reached_at_milestone : milestone_tag {
    [[no_unique_address]] Projection projection;

    constexpr explicit reached_at_milestone(Projection p) : projection(std::move(p)) {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"reached_at", projection}; }

    constexpr std::size_t operator()(auto const& steps) const {
        using time = typename std::remove_cvref_t<decltype(steps)>::time_type;
        decltype(auto) instant = detail::project(projection, steps.conversion());
        if (!detail::has_value(instant))
            return steps.size();
        auto const until =
            detail::nearest_instant<time, detail::nearest::not_after>(detail::on_time_line(
                detail::value_in(instant), "milestones: the instant of conversion row ",
                steps.about().row()));
        std::size_t count = 0;
        while (until && count < steps.size() && steps[count].at() <= *until)
            ++count;
        return count == 0 ? steps.size() : count - 1;
    }
};

/// The latest touchpoint at the time when something happened: a lead was created, an opportunity
/// opened. `projection` reads that instant, or an optional one, from the conversion.
///
/// Edges:      a touchpoint at that very instant counts. Without an instant, or without a
///             touchpoint up to it, the milestone is missing.
template <class Projection>
[[nodiscard]] constexpr auto reached_at(Projection projection) {
    return reached_at_milestone<Projection>{std::move(projection)};
}

}  // namespace attribution
