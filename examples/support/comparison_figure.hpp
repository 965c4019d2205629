// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>
#include <support/report_model.hpp>

#include <string>

namespace examples {

/// What every model gives every channel, as lying bars in the models' colours: the largest of the
/// chosen model first, at most 30 channels, and what nobody earned last.
[[nodiscard]] bar_figure comparison_figure(report_model const& report, std::string name,
                                           std::string title);

}  // namespace examples
