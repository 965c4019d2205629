// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "records.hpp"
#include "settings.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace own_files {

/// Reads all tables.
///
/// Errors: examples::input_error, naming table, row and column.
[[nodiscard]] records load(settings const& asked);

/// Adds a file that a table was read from. Where other tables are in files of the same name, it is called
/// by its path.
void add_input(std::vector<examples::input_file>& inputs, examples::input_file file,
               std::string const& source, settings const& asked);
/// Leaves each file once, however many tables were read from it.
void list_once(std::vector<examples::input_file>& inputs);

/// Takes refunds out of the sales: negative values with the id of one that is not, if ids were named.
/// `source` is where they are from, for messages.
///
/// Errors: examples::input_error if several sales have that id.
void part_refunds(records& all, settings const& asked, std::string const& source);

/// Throws that error.
[[noreturn]] void refuse_refund(std::string const& id, std::size_t sold, std::string const& source);

}  // namespace own_files
