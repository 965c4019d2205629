// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/join.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/quality/rule.hpp>

#include <date/date.h>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace attribution::inline v0_1 {

namespace detail {

/// Rows that were found to break a rule when the rule was made.
class marked_rows_check {
  public:
    marked_rows_check(std::vector<std::size_t> rows, std::size_t size)
        : rows_{std::make_shared<std::vector<std::size_t> const>(std::move(rows))}, size_{size} {}

    template <class Rows>
    void operator()(Rows const& rows, offences& found) const {
        if (rows.size() != size_)
            throw std::invalid_argument{"validate: a rule about joined records has to check the "
                                        "records that were joined, all of them"};
        for (auto const row : *rows_)
            found.row(row);
    }

  private:
    std::shared_ptr<std::vector<std::size_t> const> rows_;
    std::size_t size_;
};

/// For every touchpoint: is it in the path of a conversion?
template <class Journeys, class Policy>
std::vector<bool> in_some_path(Journeys const& joined, Policy const& p) {
    std::vector<bool> seen(joined.touchpoints().size(), false);
    joined.for_each_path(p, [&](auto const& steps) {
        for (auto const& visit : steps.visits())
            seen[visit.row] = true;
    });
    return seen;
}

}  // namespace detail

/// Every touchpoint of a customer who converted lies in the window of one of the customer's
/// conversions. A touchpoint that the policy admits for none of them breaks the rule.
///
/// A rule about the touchpoints' range. Touchpoints of customers who never converted, or whose key
/// is missing, have no window: see `has_conversion` and `required`.
///
/// Edges:      severity info: such touchpoints are common and earn nothing.
/// Errors:     `validate` throws std::invalid_argument for a range of another size.
/// Complexity: two passes over the paths when the rule is made; keeps the rows it found.
template <class Conversions, class Touchpoints, policy Policy>
[[nodiscard]] auto inside_some_window(std::string_view subject,
                                      journeys<Conversions, Touchpoints> const& joined,
                                      Policy const& p) {
    auto const of_customers = detail::in_some_path(joined, at_any_time);
    auto const eligible = detail::in_some_path(joined, p);
    std::vector<std::size_t> outside;
    for (std::size_t row = 0; row < eligible.size(); ++row)
        if (of_customers[row] && !eligible[row])
            outside.push_back(row);
    return basic_rule{detail::rule_name("inside_some_window", subject), severity::info,
                      std::string{subject} + " is outside the window of every conversion",
                      detail::marked_rows_check{std::move(outside), eligible.size()}};
}

/// Every touchpoint with a key belongs to a customer who converted, before or after it.
///
/// A rule about the touchpoints' range; severity info. Errors and complexity as above.
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

/// Every conversion has a touchpoint that may earn it. Those without stay unattributed.
///
/// A rule about the conversions' range; severity info. Errors and complexity as above.
template <class Conversions, class Touchpoints, policy Policy>
[[nodiscard]] auto has_touchpoint(std::string_view subject,
                                  journeys<Conversions, Touchpoints> const& joined,
                                  Policy const& p) {
    std::vector<std::size_t> without;
    joined.for_each_path(p, [&](auto const& steps) {
        if (steps.empty())
            without.push_back(steps.about().row());
    });
    return basic_rule{detail::rule_name("has_touchpoint", subject), severity::info,
                      std::string{subject} + " has no touchpoint that may earn it",
                      detail::marked_rows_check{std::move(without), joined.conversions().size()}};
}

/// Conversions have a time of day if touchpoints do. A conversion that has only a date counts as
/// midnight; all touchpoints of that day then come after it, and by default nothing after the
/// conversion counts. `end_of_day` corrects this.
///
/// A rule about the conversions' range; severity warning. A conversion breaks it if it happened at
/// midnight on its clock and a touchpoint of its key came later on that day.
///
/// Units:      a day of the clock. If times are numbers, the length of a day must be given:
///             `with_time_of_day("time", joined, 86'400)`.
/// Errors:     std::invalid_argument if the day is not positive, and as above.
/// Complexity: as above.
template <class Conversions, class Touchpoints, class Length = date::days>
[[nodiscard]] auto with_time_of_day(std::string_view subject,
                                    journeys<Conversions, Touchpoints> const& joined,
                                    Length day = Length{1}) {
    using time = typename journeys<Conversions, Touchpoints>::time_type;
    static_assert(detail::length_on<Length, time>,
                  "attribution: with_time_of_day() must be told the length of a day where times "
                  "are numbers");
    if (!(day > Length{}))
        throw std::invalid_argument{"with_time_of_day: the day must be positive"};
    std::vector<std::size_t> dated;
    for (std::size_t row = 0; row < joined.conversions().size(); ++row) {
        auto const at = joined.anchor_of(row).at();
        if (!detail::divides(day, at))
            continue;
        bool any = false;
        joined.for_each_candidate(row, [&](auto const& touch) {
            any |= at < touch.at && detail::distance(at, touch.at) < day;
        });
        if (any)
            dated.push_back(row);
    }
    return basic_rule{detail::rule_name("with_time_of_day", subject), severity::warning,
                      std::string{subject} +
                          " is a date alone, so that touchpoints of that day come after it",
                      detail::marked_rows_check{std::move(dated), joined.conversions().size()}};
}

}  // namespace attribution
