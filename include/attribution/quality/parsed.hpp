// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/value_checks.hpp>
#include <attribution/quality/rule.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

/// Text was parsed: the std::optional (or other result with `has_value()`) holds a value.
template <class Projection>
[[nodiscard]] auto parsed(std::string_view subject, Projection result) {
    return basic_rule{detail::rule_name("parsed", subject), severity::error,
                      std::string{subject} + " could not be read",
                      detail::parsed_check<Projection>{std::move(result)}};
}

}  // namespace attribution
