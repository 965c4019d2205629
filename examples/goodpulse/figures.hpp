// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <goodpulse/tables.hpp>

#include <support/report_model.hpp>

#include <vector>

namespace goodpulse {

/// The pictures. `report` has all that was attributed, if anything was.
[[nodiscard]] std::vector<examples::figure> figures_of(results const& found, records const& data,
                                                       examples::report_model const& report);

[[nodiscard]] std::vector<examples::key_figure> key_figures_of(results const& found);

}  // namespace goodpulse
