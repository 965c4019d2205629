// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/joined_checks.hpp>
#include <attribution/join.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/quality/rule.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Every conversion has a touchpoint that may earn it. Those without stay unattributed.
///
/// A rule about the conversions' range; severity info. Errors and complexity as
/// `inside_some_window`.
template <class Conversions, class Touchpoints, policy Policy>
[[nodiscard]] auto has_touchpoint(std::string_view subject,
                                  journeys<Conversions, Touchpoints> const& joined,
                                  Policy const& p) {
    std::vector<std::size_t> without;
    joined.for_each_path(p, [&](auto const& steps) {
        if (steps.empty())
            without.push_back(steps.about().row());
    });
    return basic_rule{detail::rule_name("has_touchpoint", subject), severity::info,
                      std::string{subject} + " has no touchpoint that may earn it",
                      detail::marked_rows_check{std::move(without), joined.conversions().size()}};
}

}  // namespace attribution
