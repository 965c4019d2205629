// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/over.hpp>
#include <attribution/model/sessions.hpp>
#include <attribution/policy/policy.hpp>

#include <cstddef>
#include <string>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1 {

template <class Length, policy Named>
class session_sources_selector {
  public:
    constexpr session_sources_selector(Length pause, Named named)
        : sessions_{pause, {}}, named_(std::move(named)) {}

    [[nodiscard]] constexpr auto made_of() const {
        return std::tuple{"session sources", sessions_, named_};
    }

    [[nodiscard]] std::string name() const {
        return "sources of " + sessions_.name() + ", named by " + detail::policy_name(named_);
    }

    constexpr void operator()(auto const& steps, selection& chosen) const {
        auto begins = steps.space().indices.borrow();
        sessions_(steps, *begins);
        for (std::size_t s = 0; s < begins->size(); ++s) {
            auto const end = s + 1 < begins->size() ? (*begins)[s + 1] : steps.size();
            auto i = (*begins)[s];
            while (i < end && !detail::admits(named_, steps[i]))
                ++i;
            if (i < end)
                chosen.push_back(i);
        }
        if (chosen.empty())
            sessions_(steps, chosen);
    }

  private:
    sessions_selector<Length, first_touch_fn> sessions_;
    [[no_unique_address]] Named named_;
};

/// Chooses the source of each session: its first touchpoint that names one.
///
/// Shape:      `over(session_sources(30min, !direct), last_touch)` is the last non-direct session: in
///             a visit that begins with a direct touchpoint, the first other one names the source.
/// Units:      as `sessions`.
/// Edges:      a session in which no touchpoint names a source has none, and is left out. If no
///             session has one, each is represented by its first touchpoint.
/// Errors:     std::invalid_argument if the pause is negative.
/// Complexity: O(n) per path, and one test per touchpoint.
/// Source:     sessions and their sources: Google Analytics 4, "session source", which counts a
///             session as direct only if nothing in it names a source.
/// Example:    examples/recipes/source_of_the_visit.cpp
template <class Length, policy Named>
[[nodiscard]] constexpr auto session_sources(Length pause, Named named) {
    return session_sources_selector<Length, Named>{pause, std::move(named)};
}

}  // namespace attribution
