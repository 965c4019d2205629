// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>
#include <support/report_model.hpp>

#include <vector>

namespace pipeline {

/// The pictures of the report, the comparison of models first: channels_by_model,
/// segment_by_channel_heatmap, time_to_conversion_histogram, monthly_sourced_pipeline.
[[nodiscard]] std::vector<examples::figure> figures_of(examples::report_model const& report);

}  // namespace pipeline
