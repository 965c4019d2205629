// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/records.hpp>

#include <support/output.hpp>
#include <support/report_model.hpp>

#include <date/date.h>

#include <string>
#include <vector>

namespace pipeline {

enum class amounts { exact, float32 };

struct written {
    std::string summary;             // for the terminal
    std::vector<std::string> files;  // names in the output directory
    examples::report_model report;
};

/// Attributes every opportunity to the touchpoints of its account in the `lookback` before it was
/// created (both ends included), by five rules and by two models learned from the paths themselves
/// (left out where nothing can be learned), and writes
///   - {model}_by_channel.csv and {model}_by_segment_and_channel.csv: attributed amounts, largest
///     first throughout the table, equal ones by name;
///   - opportunity_touchpoints.csv: every opportunity with each touchpoint in its window, in the
///     order of the opportunities' file, then in order of time;
///   - unattributed.csv: the opportunities without any;
///   - audit.csv: every touchpoint, what it earned by the linear model or why it earned nothing;
///   - validation.csv: what is wrong with the records, rule by rule;
///   - reconciliation.csv: for every model and segment, that the credits add up to the amounts;
///   - returns_by_channel.csv, if the records have spend: what the channels cost and what they earned by
///     the linear model, by the month of their touchpoints.
/// The caller commits.
///
/// Errors: examples::output_error; attribution::reconciliation_error if an amount was lost.
[[nodiscard]] written write_report(records const& data, date::days lookback, amounts kind,
                                   examples::output_directory& out);

}  // namespace pipeline
