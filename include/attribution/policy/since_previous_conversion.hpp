// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/policy.hpp>

#include <string_view>

namespace attribution::inline v0_1 {

struct since_previous_conversion_policy : policy_tag {
    static constexpr bool window_ends = true;
    static constexpr bool asks_previous = true;
    [[nodiscard]] static constexpr std::string_view name() {
        return "since the previous conversion";
    }
    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        using time = typename Anchor::time_type;
        return interval<time>{about.previous().value_or(detail::first_instant<time>()), about.at()};
    }
};

/// Admits touchpoints from the key's previous conversion to this one, both instants included.
///
/// Edges:      a touchpoint at the very instant of a conversion can earn from it and from the next;
///             the first conversion of a key looks back without limit. Conversions at one instant,
///             such as the items of an order, have the same previous conversion.
inline constexpr since_previous_conversion_policy since_previous_conversion{};

}  // namespace attribution
