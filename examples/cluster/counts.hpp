// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <date/date.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

/// What is to be known of all parts before they are attributed.
namespace cluster {

struct row_counts {
    std::uint64_t rows = 0;
    std::uint64_t customers = 0;
    std::uint64_t without_customer = 0;                // rows
    std::optional<date::sys_seconds> latest = {};      // nothing if there are no rows
    std::uint64_t largest = 0;                         // rows of the customer who has most
    std::optional<std::string> largest_customer = {};  // of several the first by its bytes
};

/// Part `number` of `parts`, from 0 on.
struct part_number {
    std::size_t number, parts;
};

/// Counts the rows of files with an end row each. If it is known which part they are, every customer
/// must belong to it by attribution::partition_of.
///
/// Errors: examples::input_error, naming file, line and column.
/// Complexity: holds the customers and one row.
[[nodiscard]] row_counts count_rows(std::span<std::filesystem::path const> files,
                                    std::optional<part_number> part);

/// One line without its line end: rows, customers, rows without a customer, latest time, rows of the
/// largest customer, its name. \N where there is none.
[[nodiscard]] std::string line_of(row_counts const& counts);

}  // namespace cluster
