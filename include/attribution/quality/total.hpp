// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/quality/value_checks.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/quality/rule.hpp>

#include <concepts>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

namespace detail {

template <class Projection, amount Amount>
auto total_rule(std::string_view subject, Projection projection, Amount reference,
                double tolerance) {
    return basic_rule{rule_name("total", subject), severity::error,
                      std::string{subject} + " does not add up to the reference total",
                      total_check<Projection, Amount>{std::move(projection), reference, tolerance}};
}

}  // namespace detail

/// Nothing is lost on the way: the amounts add up to a reference, exactly.
///
/// Units:      integers or unit amounts; the reference is of the same kind.
/// Edges:      empty optionals are left out. A sum that does not fit into its type breaks the rule.
///             A wrong total counts 1, names no row, and has a note with both numbers.
template <class Projection, amount Amount>
    requires(!std::floating_point<Amount>)
[[nodiscard]] auto total(std::string_view subject, Projection projection, Amount reference) {
    return detail::total_rule(subject, std::move(projection), reference, 0);
}

/// As above, for floating-point amounts: |sum - reference| <= tolerance. The sum is exact and
/// rounded once.
///
/// Edges:      a NaN or infinite amount breaks the rule.
/// Errors:     std::invalid_argument if the tolerance is negative or NaN, or the reference is not
///             finite.
template <class Projection, std::floating_point Amount>
[[nodiscard]] auto total(std::string_view subject, Projection projection, Amount reference,
                         double tolerance) {
    if (!(tolerance >= 0))
        throw std::invalid_argument{"total: the tolerance must be at least 0"};
    if (!detail::is_finite(static_cast<double>(reference)))
        throw std::invalid_argument{"total: the reference must be a finite number"};
    return detail::total_rule(subject, std::move(projection), reference, tolerance);
}

}  // namespace attribution
