// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "records.hpp"
#include "settings.hpp"

#include <cstddef>
#include <string>

namespace own_files {

/// Reads all tables.
///
/// Errors: examples::input_error, naming table, row and column.
[[nodiscard]] records load(settings const& asked);

/// Takes refunds out of the sales: negative values with the id of one that is not, if ids were named.
/// `source` is where they are from, for messages.
///
/// Errors: examples::input_error if several sales have that id.
void part_refunds(records& all, settings const& asked, std::string const& source);

/// Throws that error.
[[noreturn]] void refuse_refund(std::string const& id, std::size_t sold, std::string const& source);

}  // namespace own_files
