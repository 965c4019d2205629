// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/policy/interval.hpp>
#include <attribution/policy/policy.hpp>

#include <string_view>

namespace attribution::inline v0_1 {

struct always_policy : policy_tag {
    [[nodiscard]] static constexpr std::string_view name() { return "always"; }
    template <class Anchor>
    constexpr auto window(Anchor const&) const {
        return interval<typename Anchor::time_type>::everything();
    }
};

/// Admits every touchpoint. Alone it admits, by the default, every touchpoint that is not after the
/// conversion.
inline constexpr always_policy always{};

}  // namespace attribution
