// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/key_checks.hpp>
#include <attribution/quality/rule.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

/// A value is present: the optional is not empty, the pointer is not null, the number is not a NaN,
/// and the text is not empty.
///
/// Edges:      spaces are text, and so is `null`, unless a predicate of the projected value says
///             otherwise. The predicate is needed for types that cannot be empty:
///             `required("usage", &call::seconds, [](int s) { return s == 0; })`.
template <class Projection, class Missing = detail::empty_or_no_text>
[[nodiscard]] auto required(std::string_view subject, Projection projection, Missing missing = {}) {
    return basic_rule{
        detail::rule_name("required", subject), severity::error,
        std::string{subject} + " is missing",
        detail::required_check<Projection, Missing>{std::move(projection), std::move(missing)}};
}

}  // namespace attribution
