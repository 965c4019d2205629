// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <goodpulse/customers.hpp>

#include <support/output.hpp>
#include <support/report_program.hpp>

namespace goodpulse {

/// Errors: early_analysis_date if it is before the last purchase.
[[nodiscard]] examples::written_report write_report(records const& data, assumptions const& assumed,
                                                    examples::output_directory& out);

}  // namespace goodpulse
