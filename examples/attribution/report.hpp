// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "against.hpp"
#include "records.hpp"
#include "settings.hpp"
#include "sorted.hpp"

#include <support/output.hpp>
#include <support/report_program.hpp>
#include <support/terminal.hpp>

namespace own_files {

/// Attributes the conversions as it was asked, compares them with an earlier run, if there is one, and
/// writes the files that --help names. The caller commits.
///
/// Errors: examples::output_error; attribution::reconciliation_error if an amount was lost.
[[nodiscard]] examples::written_report write_report(records const& data, settings const& asked,
                                                    earlier_records* earlier,
                                                    examples::output_directory& out);

/// The same of tables that are bigger than memory, without what is made of all paths at once; `step` is
/// told how far it is. Its summary says what is left out.
///
/// Errors: as above; examples::input_error, see sorted_tables.
[[nodiscard]] examples::written_report write_sorted_report(sorted_tables& tables,
                                                           settings const& asked,
                                                           examples::output_directory& out,
                                                           examples::progress& step);

}  // namespace own_files
