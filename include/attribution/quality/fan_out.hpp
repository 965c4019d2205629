// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/key_checks.hpp>
#include <attribution/quality/rule.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

/// No id is in several rows. After a join that multiplies rows it is, and a sum then counts a value
/// once per row. *All* rows of such an id break the rule, also the first, because none of them is
/// the original.
///
/// Edges:      as `unique`.
template <class Projection>
[[nodiscard]] auto fan_out(std::string_view subject, Projection id) {
    return basic_rule{detail::rule_name("fan_out", subject), severity::error,
                      "the same " + std::string{subject} +
                          " stands on several rows, so that a sum counts it several times",
                      detail::fan_out_check<Projection>{std::move(id)}};
}

}  // namespace attribution
