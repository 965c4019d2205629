// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/joined_checks.hpp>
#include <attribution/join.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/quality/rule.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Every touchpoint with a key belongs to a customer who converted, before or after it.
///
/// A rule about the touchpoints' range; severity info. Errors and complexity as
/// `inside_some_window`.
template <class Conversions, class Touchpoints>
[[nodiscard]] auto has_conversion(std::string_view subject,
                                  journeys<Conversions, Touchpoints> const& joined) {
    auto const of_customers = detail::in_some_path(joined, at_any_time);
    std::vector<std::size_t> without;
    for (std::size_t row = 0; row < of_customers.size(); ++row)
        if (!of_customers[row] && !joined.touchpoints().key_is_missing(row))
            without.push_back(row);
    return basic_rule{detail::rule_name("has_conversion", subject), severity::info,
                      std::string{subject} + " belongs to a customer without a conversion",
                      detail::marked_rows_check{std::move(without), of_customers.size()}};
}

}  // namespace attribution
