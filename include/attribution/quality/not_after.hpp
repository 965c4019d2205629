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

/// Nothing happened after `latest`, such as the time of the export; a time at that very instant is
/// fine.
///
/// Units, edges, errors: as `not_before`.
template <class Projection, class Time>
[[nodiscard]] auto not_after(std::string_view subject, Projection projection, Time latest) {
    if (!detail::is_on_time_line(latest))
        throw std::domain_error{"not_after: the instant is not a number"};
    return basic_rule{
        detail::rule_name("not_after", subject), severity::error,
        std::string{subject} + " is later than it can be",
        detail::not_after_check<Projection, Time>{std::move(projection), std::move(latest)}};
}

}  // namespace attribution
