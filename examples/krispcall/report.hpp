// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>

#include <support/output.hpp>
#include <support/report_model.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace krispcall {

/// The two reports differ in the chosen model and in what a segment of a message weighs.
enum class report_kind {
    summary,     ///< position-based, 40/20/40 and 60/40; a segment weighs as much as 1 s
    assignment,  ///< linear; a segment weighs as much as 60 s
};

enum class rounding {
    exact,      ///< a table's cents add up to the revenue: largest remainder, ties by name
    published,  ///< every platform by itself, half away from zero; the sum may be a cent or two off
};

struct settings {
    report_kind report;
    std::chrono::seconds segment;  // what a segment of a message weighs, in seconds of calls
    rounding cents;
    bool intervals = false;  // also say how sure the revenue of a platform is
};

struct written {
    std::string summary;             // for the terminal
    std::vector<std::string> files;  // names in the output directory
    examples::report_model report;
};

/// Attributes the net revenue of every account with a positive one to platforms, and writes
///   - first_touch_attribution.csv: all to the platform connected first;
///   - usage_based_attribution.csv: in proportion to the use of platforms, while connected, from
///     the first payment to the first refund;
///   - chosen_attribution.csv: position-based or linear over the platforms of the account;
///   - audit.csv: every call, message and connect, what it earned or why it earned nothing;
///   - validation.csv: what is wrong with the records, rule by rule;
///   - reconciliation.csv: for every table and account, that the credits add up to the revenue.
/// The tables are sorted by platform in byte order. Revenue of accounts that connected or used
/// nothing is in the lines "No Integration" and "No Usage". The caller commits.
///
/// Errors: examples::output_error; attribution::reconciliation_error if revenue was lost.
[[nodiscard]] written write_report(records const& data, settings const& asked,
                                   examples::output_directory& out);

}  // namespace krispcall
