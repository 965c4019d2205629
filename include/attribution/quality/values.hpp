// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
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

/// Text was parsed: the std::optional (or other result with `has_value()`) holds a value.
template <class Projection>
[[nodiscard]] auto parsed(std::string_view subject, Projection result) {
    return basic_rule{detail::rule_name("parsed", subject), severity::error,
                      std::string{subject} + " could not be read",
                      detail::parsed_check<Projection>{std::move(result)}};
}

/// Amounts are numbers: not NaN, not infinite.
///
/// Edges:      integers and money always are. Empty optionals break `parsed`, not this.
template <class Projection>
[[nodiscard]] auto finite(std::string_view subject, Projection projection) {
    return basic_rule{detail::rule_name("finite", subject), severity::error,
                      std::string{subject} + " is not a finite number",
                      detail::finite_check<Projection>{std::move(projection)}};
}

/// Nothing happened before `earliest`; a time at that very instant is fine.
///
/// Units:      an instant of any clock on the time line of the projected one: the two are compared
///             exactly.
/// Edges:      an empty optional is fine, see `required`; a NaN of a floating-point clock is not.
/// Errors:     std::domain_error if the bound is a NaN.
template <class Projection, class Time>
[[nodiscard]] auto not_before(std::string_view subject, Projection projection, Time earliest) {
    if (!detail::is_on_time_line(earliest))
        throw std::domain_error{"not_before: the instant is not a number"};
    return basic_rule{
        detail::rule_name("not_before", subject), severity::error,
        std::string{subject} + " is earlier than it can be",
        detail::not_before_check<Projection, Time>{std::move(projection), std::move(earliest)}};
}

/// Nothing happened after `latest`, such as the time of the export; a time at that very instant is
/// fine.
template <class Projection, class Time>
[[nodiscard]] auto not_after(std::string_view subject, Projection projection, Time latest) {
    if (!detail::is_on_time_line(latest))
        throw std::domain_error{"not_after: the instant is not a number"};
    return basic_rule{
        detail::rule_name("not_after", subject), severity::error,
        std::string{subject} + " is later than it can be",
        detail::not_after_check<Projection, Time>{std::move(projection), std::move(latest)}};
}

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
