// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace differential {

/// A small, nasty set of the pipeline's records, drawn from a seed, and what the library makes of
/// it, as INSERT statements for the tables of pipeline.sql.
[[nodiscard]] std::string world_as_sql(std::uint64_t seed);

/// A set of so many touchpoints, as large as life: a tenth as many opportunities, most accounts with
/// few touchpoints and some with thousands. Each table of pipeline.sql is a CSV file without a header
/// in the directory, which is made.
///
/// Errors:     std::filesystem::filesystem_error, std::ios_base::failure.
void write_large_world(std::uint64_t touchpoints, std::filesystem::path const& directory);

}  // namespace differential
