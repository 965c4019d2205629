// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/value_checks.hpp>
#include <attribution/quality/rule.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

/// Amounts are numbers: not NaN, not infinite.
///
/// Edges:      integers and money always are. Empty optionals break `parsed`, not this.
template <class Projection>
[[nodiscard]] auto finite(std::string_view subject, Projection projection) {
    return basic_rule{detail::rule_name("finite", subject), severity::error,
                      std::string{subject} + " is not a finite number",
                      detail::finite_check<Projection>{std::move(projection)}};
}

}  // namespace attribution
