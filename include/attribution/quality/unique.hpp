// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/key_checks.hpp>
#include <attribution/quality/rule.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

/// No two rows have the same id. Rows that repeat the id of an earlier row break the rule; the
/// first row does not.
///
/// Shape:      `id` projects a record to a key, or to an optional one.
/// Edges:      missing ids (empty optionals, null pointers, NaNs) do not repeat each other; see
///             `required`. Text is compared by its characters. To leave repeats out, see
///             `without_repeats`.
/// Complexity: a look-up per row; keeps each id.
template <class Projection>
[[nodiscard]] auto unique(std::string_view subject, Projection id) {
    return basic_rule{detail::rule_name("unique", subject), severity::error,
                      "repeats the " + std::string{subject} + " of an earlier row",
                      detail::unique_check<Projection>{std::move(id)}};
}

}  // namespace attribution
