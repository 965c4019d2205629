// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <goodpulse/customers.hpp>

#include <support/cohort_table.hpp>
#include <support/report_model.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What the data say about customers, table by table.
namespace goodpulse {

/// Sections of the page.
inline constexpr auto customers_section = "Customers and revenue";
inline constexpr auto cohorts_section = "Who comes back";
inline constexpr auto delivery_section = "Delivery and reviews";
inline constexpr auto published_section = "About the published report";

/// Customers and revenue of those who have the same names.
struct group {
    std::vector<std::string> names = {};
    std::int64_t customers = 0, cents = 0;
};

struct totals {
    std::int64_t orders = 0, unpaid = 0, several_reviews = 0, repeat = 0;
    std::int64_t cents = 0, paid_cents = 0, joined_cents = 0;  // see purchase
    examples::exact_mean customer_value = {};  // a customer's mean order, of those who paid all
    examples::exact_mean score = {}, delivered_score = {};
    examples::exact_mean distinct_days_score = {};  // the published way: see totals_of
    examples::exact_correlation days_and_score = {};
    std::optional<examples::exact_number> median_days = {};  // of delivery
    std::map<std::int64_t, examples::exact_mean> score_by_days = {};
};

struct periods {
    struct line {
        std::int64_t orders = 0, cents = 0;
    };
    std::map<examples::calendar_period, line> revenue = {};
    examples::cohort_table cohorts;
};

/// All that tables and pictures are made of.
struct results {
    shop all = {};
    totals sums = {};
    std::vector<group> by_frequency, by_value, by_lifecycle, by_segment, by_value_and_recency;
    periods months, quarters;
    std::vector<examples::pooled_retention> by_quarter, overall;  // of monthly cohorts
};

[[nodiscard]] results analyse(records const& data, shop all);

[[nodiscard]] std::vector<examples::report_table> tables_of(results const& found);

/// In percent with four decimals; nothing of nothing.
[[nodiscard]] std::optional<std::string> percent(std::int64_t part, std::int64_t whole);

}  // namespace goodpulse
