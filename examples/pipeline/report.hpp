// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/records.hpp>

#include <support/run_report.hpp>

#include <filesystem>
#include <string>

namespace pipeline {

struct settings {
    std::filesystem::path spend = {};  // a file; empty: none
    int lookback_days = 90;
    std::string amounts = "exact";  // or float32

    [[nodiscard]] bool exact() const { return amounts == "exact"; }
};

/// Attributes every opportunity to the touchpoints of its account in the `lookback` before it was
/// created (both ends included), by five rules and by two models learned from the paths themselves
/// (left out where nothing can be learned), and writes the files that --help names. Exact amounts are
/// compared with those of an earlier run, if there is one. The caller commits.
///
/// Errors: examples::output_error; attribution::reconciliation_error if an amount was lost.
[[nodiscard]] examples::written_report write_report(records const& data, settings const& asked,
                                                    examples::run_options const& common,
                                                    examples::output_directory& out);

}  // namespace pipeline
