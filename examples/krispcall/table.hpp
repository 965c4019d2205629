// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>

#include <support/money_text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace krispcall {

/// A published table: revenue by platform in whole cents, in byte order of the platforms.
struct table_line {
    std::string platform;
    std::int64_t cents;
};
using table = std::vector<table_line>;

/// Tables side by side for the terminal, each with its title, and their totals.
[[nodiscard]] std::string side_by_side(std::vector<std::pair<std::string, table>> const& tables);

/// 5,090.00
[[nodiscard]] inline std::string cents_text(std::int64_t cents) {
    return examples::format_decimal(cents, 2, examples::decimal_style::grouped);
}

/// 1,572
[[nodiscard]] inline std::string count_text(std::size_t count) {
    return examples::format_decimal(static_cast<std::int64_t>(count), 0,
                                    examples::decimal_style::grouped);
}

}  // namespace krispcall
