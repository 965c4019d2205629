// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/joined_checks.hpp>
#include <attribution/join.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/quality/rule.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Every touchpoint of a customer who converted lies in the window of one of the customer's
/// conversions. A touchpoint that the policy admits for none of them breaks the rule.
///
/// A rule about the touchpoints' range. Touchpoints of customers who never converted, or whose key
/// is missing, have no window: see `has_conversion` and `required`.
///
/// Edges:      severity info: such touchpoints are common and earn nothing.
/// Errors:     `validate` throws std::invalid_argument for a range of another size.
/// Complexity: two passes over the paths when the rule is made; keeps the rows it found.
template <class Conversions, class Touchpoints, policy Policy>
[[nodiscard]] auto inside_some_window(std::string_view subject,
                                      journeys<Conversions, Touchpoints> const& joined,
                                      Policy const& p) {
    auto const of_customers = detail::in_some_path(joined, at_any_time);
    auto const eligible = detail::in_some_path(joined, p);
    std::vector<std::size_t> outside;
    for (std::size_t row = 0; row < eligible.size(); ++row)
        if (of_customers[row] && !eligible[row])
            outside.push_back(row);
    return basic_rule{detail::rule_name("inside_some_window", subject), severity::info,
                      std::string{subject} + " is outside the window of every conversion",
                      detail::marked_rows_check{std::move(outside), eligible.size()}};
}

}  // namespace attribution
