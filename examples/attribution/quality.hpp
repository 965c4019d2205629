// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "rules.hpp"

#include <attribution/quality/findings.hpp>

namespace own_files {

/// What is wrong with the records, by rules. Nothing is repaired. Rows of touchpoints are lines of
/// audit.csv, those of conversions count from 2, as lines of a file with a header.
[[nodiscard]] attribution::findings validate(records const& data, settings const& asked,
                                             journeys_type const& journeys,
                                             policy_type const& policy);

}  // namespace own_files
