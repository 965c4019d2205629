// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/policy.hpp>

#include <string_view>

namespace attribution::inline v0_1 {

struct after_previous_conversion_policy : policy_tag {
    static constexpr bool window_ends = true;
    static constexpr bool asks_previous = true;
    [[nodiscard]] static constexpr std::string_view name() {
        return "after the previous conversion";
    }
    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        using time = typename Anchor::time_type;
        if (!about.previous())
            return interval<time>{detail::first_instant<time>(), about.at()};
        return interval<time>{detail::next_instant(*about.previous()), about.at()};
    }
};

/// Admits touchpoints after the key's previous conversion: a touchpoint can earn credit only from
/// conversions at one instant.
///
/// Edges:      as `since_previous_conversion`, without the instant of the previous conversion.
inline constexpr after_previous_conversion_policy after_previous_conversion{};

}  // namespace attribution
