// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/records.hpp>

#include <support/output.hpp>
#include <support/report_model.hpp>
#include <support/report_text.hpp>

#include <string>
#include <vector>

/// Who concluded the deals?
namespace customer_success {

/// What a concluded deal counts for.
enum class deal_value { one, fee };

/// Credits every concluded deal to the specialists who worked on it, by ten models side by side, and
/// puts the result into the report: comparison, proof, reasons, paths. Writes
///   - credit_by_cs.csv: what each specialist gets, to nine decimals;
///   - audit.csv: every email and activity, what it earned by the linear model, or why nothing;
///   - reconciliation.csv: by model and visa type, that nothing was lost.
/// Returns their names; the caller commits. With `intervals` the report also says how much of a credit
/// other deals would give.
///
/// Work counts from the beginning of the deal's first day to the end of its last, and once for each
/// id. Markov chain and Shapley values also learn from the deals that were suspended or closed early.
///
/// Shape:  the first row of each deal; all works, repeated ids too, in the order (kind, id).
/// Errors: examples::output_error; attribution::reconciliation_error if something was lost.
[[nodiscard]] std::vector<std::string>
credit_deals(std::vector<deal> const& deals, std::vector<work> const& works, deal_value value,
             bool intervals, examples::report_text const& text, examples::report_model& report,
             examples::output_directory& out);

}  // namespace customer_success
