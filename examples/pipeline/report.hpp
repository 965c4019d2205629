// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/against.hpp>
#include <pipeline/records.hpp>

#include <support/output.hpp>
#include <support/report_program.hpp>

#include <date/date.h>

namespace pipeline {

enum class amounts { exact, float32 };

/// Attributes every opportunity to the touchpoints of its account in the `lookback` before it was
/// created (both ends included), by five rules and by two models learned from the paths themselves
/// (left out where nothing can be learned), and writes the files that --help names; `intervals` says
/// whether the report also says how sure the amounts are. Exact ones are compared with those of an
/// earlier run, if there is one. The caller commits.
///
/// Errors: examples::output_error; attribution::reconciliation_error if an amount was lost.
[[nodiscard]] examples::written_report write_report(records const& data, date::days lookback,
                                                    amounts kind, bool intervals,
                                                    earlier_records const* earlier,
                                                    examples::output_directory& out);

}  // namespace pipeline
