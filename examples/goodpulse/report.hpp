// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <goodpulse/customers.hpp>

#include <support/output.hpp>
#include <support/report_model.hpp>

#include <string>
#include <vector>

namespace goodpulse {

/// What is printed, which files were written besides the report's tables, and all that was found.
struct written {
    std::string summary;
    std::vector<std::string> files;
    examples::report_model report;
};

/// Errors: early_analysis_date if it is before the last purchase.
[[nodiscard]] written write_report(records const& data, assumptions const& assumed,
                                   examples::output_directory& out);

}  // namespace goodpulse
