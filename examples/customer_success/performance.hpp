// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/records.hpp>
#include <customer_success/workload_plan.hpp>

#include <date/date.h>
#include <date/tz.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/// What was done when.
namespace customer_success {

struct month_counts {
    std::int64_t emails = 0, activities = 0, concluded = 0;

    month_counts& operator+=(month_counts const& more) {
        emails += more.emails;
        activities += more.activities;
        concluded += more.concluded;
        return *this;
    }
    bool operator==(month_counts const&) const = default;
};

/// By specialist, month and deal. Months are those of the zone; a deal is concluded in the month of its
/// last day, by its owner. Deals without an id are counted together.
///
/// Edges: work for deals that nobody knows is left out. Hand over the first row of each id.
using performance =
    std::map<std::tuple<std::string, date::year_month, std::optional<std::string>>, month_counts>;
[[nodiscard]] performance performance_of(std::vector<deal> const& deals,
                                         std::vector<work> const& works,
                                         date::time_zone const& zone);

/// The same by specialist and month.
using monthly_performance = std::map<std::pair<std::string, date::year_month>, month_counts>;
[[nodiscard]] monthly_performance by_month(performance const& all);

/// What a specialist carried when a month ended.
struct month_end_load {
    date::year_month month;
    std::string specialist;
    std::int64_t open_deals = 0;
    std::int64_t tenths = 0;
};

/// Month ends in order, in each all who ever owned one of the deals, by name: the scores, as of now, of
/// the deals that had begun and had not ended before that day was over.
///
/// Edges: at most the last 240 months, so that a wrong date cannot make thousands.
[[nodiscard]] std::vector<month_end_load> month_ends(workload_plan const& plan);

}  // namespace customer_success
