// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/over.hpp>
#include <attribution/policy/policy.hpp>

#include <cstddef>
#include <string>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1 {

template <policy Policy>
struct preferred_selector {
    [[no_unique_address]] Policy wanted;

    constexpr explicit preferred_selector(Policy p) : wanted(std::move(p)) {}

    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"preferred", wanted}; }

    [[nodiscard]] std::string name() const { return "preferred: " + detail::policy_name(wanted); }

    constexpr void operator()(auto const& steps, selection& chosen) const {
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (detail::admits(wanted, steps[i]))
                chosen.push_back(i);
        if (chosen.empty())
            for (std::size_t i = 0; i < steps.size(); ++i)
                chosen.push_back(i);
    }
};

/// Chooses the touchpoints that satisfy the policy if there are any, otherwise all.
///
/// Edges:      the policy chooses within the path; it cannot bring in a touchpoint that is not
///             eligible.
/// Complexity: one test per touchpoint.
template <policy Policy>
[[nodiscard]] constexpr auto preferred(Policy p) {
    return preferred_selector<Policy>{std::move(p)};
}

/// `m` over the touchpoints that satisfy the policy if there are any, otherwise `m` over all.
///
/// Equivalent to: over(preferred(policy), m).
/// Edges:      prefer(always, m) is m.
/// Complexity: one test per touchpoint, and m's.
template <policy Policy, class Model>
[[nodiscard]] constexpr auto prefer(Policy p, Model m) {
    return attribution::over(attribution::preferred(std::move(p)), std::move(m));
}

/// Says what belongs in front of the model.
template <class NoPolicy, class Model>
    requires(!policy<NoPolicy>)
constexpr void prefer(NoPolicy const&, Model const&) {
    static_assert(policy<NoPolicy>,
                  "attribution: prefer() takes a policy and one model, such as prefer(where("
                  "&touch::clicked), last_touch); two models are mixed as 0.5 * a + 0.5 * b");
}

}  // namespace attribution
