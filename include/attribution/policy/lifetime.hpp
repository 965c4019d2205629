// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/outcome.hpp>
#include <attribution/policy/policy.hpp>

#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

template <class Length>
struct lifetime_policy : policy_tag {
    static constexpr outcome refusal = outcome::expired;
    [[no_unique_address]] Length length;

    constexpr explicit lifetime_policy(Length of_touchpoint) : length(std::move(of_touchpoint)) {}

    [[nodiscard]] static constexpr std::string_view name() { return "lifetime"; }
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{name(), length}; }

    template <class Step>
    constexpr bool operator()(Step const& s) const {
        decltype(auto) touchpoint = s.touchpoint();
        decltype(auto) own = detail::project(length, touchpoint);
        if constexpr (detail::may_be_empty<std::remove_cvref_t<decltype(own)>>)
            return !own.has_value() || alive(s, *own);
        else
            return alive(s, own);
    }

  private:
    template <class Step, class Own>
    static constexpr bool alive(Step const& s, Own const& own) {
        using time = typename Step::time_type;
        static_assert(
            detail::length_on<Own, time>,
            "attribution: lifetime() needs a projection to a std::chrono duration for time "
            "points, to a number for times that are numbers");
        return own >= Own{} && s.at() >= detail::earlier_by(s.about().at(), own);
    }
};

/// Admits touchpoints that are no older than the lifetime that each carries itself.
///
/// Shape:      a projection of a touchpoint to a length of time: `lifetime(&impression::lifetime)`.
/// Units:      a chrono duration for time points, a number for times that are numbers.
/// Edges:      at exactly its lifetime, a touchpoint still counts. An empty std::optional is no limit;
///             a negative lifetime, or a NaN, admits nothing.
///             A stream cannot know how far this reaches: add `&& lookback(the longest lifetime)`.
///             `explain` says "expired".
/// Complexity: one call for each touchpoint that the other parts of the policy have not ruled out.
/// Source:     W3C, Attribution Level 1, "lifetimeDays" of an impression.
/// Example:    examples/recipes/by_priority.cpp
template <class Length>
[[nodiscard]] constexpr auto lifetime(Length of_touchpoint) {
    return lifetime_policy<Length>{std::move(of_touchpoint)};
}

}  // namespace attribution
