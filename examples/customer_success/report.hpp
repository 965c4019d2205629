// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/credit.hpp>
#include <customer_success/records.hpp>

#include <support/output.hpp>
#include <support/report_program.hpp>

#include <date/tz.h>

namespace customer_success {

struct settings {
    date::time_zone const* zone = nullptr;  // of the months
    deal_value value = deal_value::one;
    bool with_forest = true;
    bool intervals = false;  // also say how sure the credits are
};

/// Predicts how much work deals are, scores portfolios, routes new clients, counts what was done by
/// month, and credits concluded deals; see tables.hpp and credit.hpp for the files. The caller commits.
///
/// Errors: examples::output_error; attribution::reconciliation_error if a deal was lost.
[[nodiscard]] examples::written_report write_report(records const& data, settings const& asked,
                                                    examples::output_directory& out);

}  // namespace customer_success
