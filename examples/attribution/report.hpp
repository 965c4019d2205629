// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "records.hpp"
#include "settings.hpp"

#include <support/output.hpp>
#include <support/report_model.hpp>

#include <string>
#include <vector>

namespace own_files {

struct written {
    std::string summary;             // for the terminal
    std::vector<std::string> files;  // names in the output directory
    examples::report_model report;
};

/// Attributes the conversions as it was asked, and writes the files that --help names. The caller
/// commits.
///
/// Errors: examples::output_error; attribution::reconciliation_error if an amount was lost.
[[nodiscard]] written write_report(records const& data, settings const& asked,
                                   examples::output_directory& out);

}  // namespace own_files
