// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/performance.hpp>
#include <customer_success/workload_model.hpp>
#include <customer_success/workload_plan.hpp>

#include <support/report_model.hpp>

#include <string>
#include <vector>

/// What was computed, as the tables of the report: each a file, a table of the database and, unless it
/// is very long, a table on the page.
namespace customer_success {

/// The pages of the report; the credit of deals is the report's own part, and comes last.
namespace section {
inline constexpr auto portfolio = "Portfolio";
inline constexpr auto clients = "Clients";
inline constexpr auto distribution = "Distribution";
inline constexpr auto performance = "Monthly performance";
inline constexpr auto prediction = "How the work is predicted";
}  // namespace section

/// A number with so many decimals; never -0.000.
[[nodiscard]] std::string number_text(double number, int decimals);
/// A whole number.
[[nodiscard]] inline std::string whole(auto number) {
    return std::to_string(number);
}

/// coefficients, fit, cross_validation, cross_validation_mean, importance, boosted_predictions.
[[nodiscard]] std::vector<examples::report_table> prediction_tables(workload_study const& study);

/// portfolio, portfolio_at_month_ends, deal_scores, bands.
[[nodiscard]] std::vector<examples::report_table>
portfolio_tables(workload_plan const& plan, std::vector<month_end_load> const& loads);

/// portfolio_after, assignments, assignment_reasons.
[[nodiscard]] std::vector<examples::report_table> distribution_tables(workload_plan const& plan);

/// cs_ranking of that month, cs_monthly, cs_performance.
[[nodiscard]] std::vector<examples::report_table>
performance_tables(performance const& all, monthly_performance const& months,
                   std::optional<date::year_month> ranked);

/// top_clients: those who took most work.
[[nodiscard]] std::vector<examples::report_table> client_tables(std::vector<deal> const& deals,
                                                                std::vector<work> const& works);

}  // namespace customer_success
