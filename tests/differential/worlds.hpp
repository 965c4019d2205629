// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>

namespace differential {

/// A small, nasty set of the pipeline's records, drawn from a seed, and what the library makes of
/// it, as INSERT statements for the tables of pipeline.sql.
[[nodiscard]] std::string world_as_sql(std::uint64_t seed);

}  // namespace differential
