// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/report_model.hpp>

#include <string>
#include <vector>

/// What to make of models that differ, in plain sentences for the page and the written summary.
namespace examples {

/// Where models agree (their intervals overlap; without them, to within a tenth), where they do not, what to test first, and how. Names of the data are quoted as
/// they are. Nothing without two models, or where nothing was credited.
[[nodiscard]] std::vector<std::string> advice_of(report_model const& report);

/// What no model can find in such records.
[[nodiscard]] std::vector<std::string> blind_spots_of(report_model const& report);

}  // namespace examples
