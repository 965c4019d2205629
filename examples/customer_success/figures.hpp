// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/performance.hpp>
#include <customer_success/workload_model.hpp>
#include <customer_success/workload_plan.hpp>

#include <support/figures.hpp>
#include <support/report_model.hpp>

#include <vector>

namespace customer_success {

/// All that is drawn from, besides the report itself.
struct drawn_from {
    std::vector<deal> const& deals;
    workload_study const& study;
    workload_plan const& plan;
    std::vector<month_end_load> const& loads;
    monthly_performance const& months;
};

/// The pictures of all sections. A specialist has one colour in all of them.
[[nodiscard]] std::vector<examples::figure> figures_of(drawn_from const& data,
                                                       examples::report_model const& report);

}  // namespace customer_success
