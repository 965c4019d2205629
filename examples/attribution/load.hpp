// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "records.hpp"
#include "settings.hpp"

namespace own_files {

/// Reads all tables.
///
/// Errors: examples::input_error, naming table, row and column.
[[nodiscard]] records load(settings const& asked);

}  // namespace own_files
