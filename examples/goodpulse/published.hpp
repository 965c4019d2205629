// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <goodpulse/channels.hpp>
#include <goodpulse/tables.hpp>

#include <support/report_model.hpp>

namespace goodpulse {

/// What the published report gets wrong, one line for each point that these data show.
[[nodiscard]] examples::report_table
published_report(results const& found, assumptions const& assumed, tie_facts const& ties);

}  // namespace goodpulse
