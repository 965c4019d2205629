// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>

#include <support/figures.hpp>
#include <support/report_model.hpp>

#include <vector>

namespace krispcall {

/// The pictures of the report, the comparison of models first: attribution_comparison,
/// net_revenue_histogram, total_users_histogram, platform_count_plot, correlation_heatmap.
[[nodiscard]] std::vector<examples::figure> figures_of(records const& data,
                                                       examples::report_model const& report);

}  // namespace krispcall
