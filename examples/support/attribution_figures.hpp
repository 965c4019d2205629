// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>
#include <support/report_model.hpp>
#include <support/report_text.hpp>

#include <optional>
#include <string>
#include <vector>

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

/// How a report calls its pictures.
struct figure_words {
    std::string comparison = {};  // title of the comparison of models
    std::string by_month = {};    // name of the picture by month
    std::string by_month_title = {};
    std::string month = {};  // title of its axis
    std::string month_note = {};
    std::optional<measure> value = {};  // of amounts; nothing: by the words of the report
};
/// The pictures of one attribution: channels_by_model, segment_by_channel_heatmap if conversions have
/// groups, the time to conversion, and amounts by month.
[[nodiscard]] std::vector<figure> usual_figures(report_model const& report,
                                                figure_words const& words);
/// The same in the words of the text's section [figures], which are those of figure_words.
[[nodiscard]] std::vector<figure> usual_figures(report_model const& report,
                                                report_text const& text);

}  // namespace examples
