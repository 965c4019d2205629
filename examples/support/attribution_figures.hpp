// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>
#include <support/report_model.hpp>

#include <string>

/// Pictures that every report of one attribution has, beside the comparison of models; all by the
/// chosen model.
namespace examples {

/// What every channel earned of every group of conversions.
[[nodiscard]] figure segment_figure(report_model const& report, std::string name);

/// From the first touchpoint in the window to the conversion, in whole days.
[[nodiscard]] figure time_to_conversion_figure(report_model const& report);

/// What every channel earned, by the month of the conversion (UTC). Months without a single one have
/// their place, too; the six largest channels have a colour of their own.
[[nodiscard]] figure monthly_figure(report_model const& report, std::string name, std::string title,
                                    std::string across, std::string note, measure value);

}  // namespace examples
