// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/value_checks.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/quality/rule.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

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

}  // namespace attribution
