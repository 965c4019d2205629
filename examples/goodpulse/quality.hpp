// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <goodpulse/records.hpp>

#include <attribution/quality/findings.hpp>

namespace goodpulse {

/// What is wrong with the records, by rules. Rows have the numbers of their lines, blank lines and
/// line breaks inside of fields not counted.
[[nodiscard]] attribution::findings validate(records const& data);

}  // namespace goodpulse
