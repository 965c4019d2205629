// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/report_model.hpp>

#include <string>
#include <string_view>

namespace examples {

/// The report in words, as Markdown of 500 to 1,000 of them: how it was done, what the data are
/// like, what each model found, why they differ, what follows for whom, and what it cannot tell.
/// Every number in it is one of the report.
[[nodiscard]] std::string written_summary(report_model const& report);

/// Text of the data for between Markdown: what would be markup there is escaped.
[[nodiscard]] std::string markdown_text(std::string_view text);

}  // namespace examples
