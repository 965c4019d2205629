// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <date/date.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace truth {

struct channel {
    std::string name;
    std::string kind;
    double share = 0;  // of the conversions that touchpoints cause: the truth
};

/// What a test measured that kept some customers from a channel, by lot.
struct experiment {
    std::uint32_t channel;
    double conversions;  // that would not have been without it
    double standard_error;
};

struct touch {
    std::uint32_t customer;
    std::uint32_t channel;
    date::sys_seconds at;
};

struct sale {
    std::uint32_t customer;
    date::sys_seconds at;
    double value = 1;
};

/// What models see of a world, and what they ought to find.
struct world {
    std::string name;
    std::vector<truth::channel> channels;
    std::vector<touch> touches;
    std::vector<sale> sales;
    date::sys_seconds end;      // until when customers were observed
    double incremental = 0;     // share of the conversions that would not be without touchpoints
    std::size_t customers = 0;  // that exist, also those without a touchpoint
    std::vector<experiment> experiments = {};  // one for each channel, or none
};

/// Writes touches.csv, outcomes.csv and truth.csv into a folder, which it makes.
///
/// Errors:     std::runtime_error that names the file.
void write(world const& one, std::filesystem::path const& folder);

/// Reads such a folder; see benchmarks/truth/README.md for the format.
///
/// Every customer is moved along the clock, so that all are observed until the same instant: models
/// see ages, and where the files give each customer's own end, all ages remain.
///
/// Errors:     std::runtime_error that names file, line, column and what was expected.
[[nodiscard]] world read(std::filesystem::path const& folder);

}  // namespace truth
