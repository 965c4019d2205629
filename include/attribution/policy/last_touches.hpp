// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string_view>
#include <tuple>

namespace attribution::inline v0_1 {

struct last_touches_policy : policy_tag {
    [[nodiscard]] static constexpr std::string_view name() { return "last touches"; }
    std::size_t count;

    constexpr explicit last_touches_policy(std::size_t k) : count{k} {
        if (k == 0)
            throw std::invalid_argument{"last_touches: k must be at least 1"};
    }

    [[nodiscard]] constexpr auto made_of() const { return std::tuple{name(), count}; }

    template <class Step>
    constexpr bool operator()(Step const& s) const {
        return s.recency() != 0 && s.recency() <= count;
    }

    /// Of the touchpoints before `at`, a conversion at `at` or later admits at most the latest k.
    template <class Time, class Times>
    constexpr std::size_t first_needed(Time const& at, Times const& times) const {
        std::size_t const before = times.before(at);
        return before - std::min(before, count);
    }
};

/// Admits the customer's `k` latest touchpoints at the conversion.
///
/// Edges:      counts all touchpoints of the key, whatever the other policies say: `last_touches(3)
///             && where(click)` means the clicks among the last three, not the last three clicks.
///             Of touchpoints at the same time, the one in the later row is the later. Touchpoints
///             after the conversion are refused.
/// Errors:     std::invalid_argument if k is 0.
/// Complexity: looks at all touchpoints of the key before the conversion, or at those within the
///             window of a policy beside it: a lookback keeps customers with very many of both cheap.
[[nodiscard]] constexpr last_touches_policy last_touches(std::size_t k) {
    return last_touches_policy{k};
}

}  // namespace attribution
