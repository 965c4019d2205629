// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "against.hpp"
#include "records.hpp"
#include "settings.hpp"

#include <support/output.hpp>
#include <support/report_program.hpp>

namespace own_files {

/// Attributes the conversions as it was asked, compares them with an earlier run, if there is one, and
/// writes the files that --help names. The caller commits.
///
/// Errors: examples::output_error; attribution::reconciliation_error if an amount was lost.
[[nodiscard]] examples::written_report write_report(records const& data, settings const& asked,
                                                    earlier_records* earlier,
                                                    examples::output_directory& out);

}  // namespace own_files
