// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/performance.hpp>
#include <customer_success/workload_model.hpp>
#include <customer_success/workload_plan.hpp>

#include <support/report_model.hpp>

#include <date/date.h>

#include <optional>
#include <vector>

namespace customer_success {

/// The last month in which a deal was concluded: work may come later, by mistake.
[[nodiscard]] std::optional<date::year_month> last_full_month(monthly_performance const& months);

/// The cards of all sections.
[[nodiscard]] std::vector<examples::key_figure> key_figures_of(std::vector<deal> const& deals,
                                                               workload_study const& study,
                                                               workload_plan const& plan,
                                                               monthly_performance const& months);

}  // namespace customer_success
