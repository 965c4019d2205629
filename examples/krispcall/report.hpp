// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>

#include <support/figures.hpp>
#include <support/output.hpp>
#include <support/report_program.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace krispcall {

/// The two reports differ in the chosen model and in what a segment of a message weighs: `summary` is
/// position-based, 40/20/40 and 60/40, and a segment weighs as much as 1 s of calls; `assignment` is
/// linear, and it weighs as much as 60 s.
struct settings {
    std::string report = "summary";
    std::optional<int> segment_seconds = {};
    std::string rounding = "exact";  // or published, platform by platform

    [[nodiscard]] bool is_summary() const { return report == "summary"; }
    [[nodiscard]] std::chrono::seconds segment() const {
        return std::chrono::seconds{segment_seconds.value_or(is_summary() ? 1 : 60)};
    }
};

/// Attributes the net revenue of every account with a positive one to platforms, and writes
///   - first_touch_attribution.csv: all to the platform connected first;
///   - usage_based_attribution.csv: in proportion to the use of platforms, while connected, from
///     the first payment to the first refund;
///   - chosen_attribution.csv: position-based or linear over the platforms of the account;
///   - audit.csv, validation.csv and reconciliation.csv.
/// The tables are sorted by platform in byte order. Revenue of accounts that connected or used
/// nothing is in the lines "No Integration" and "No Usage". The caller commits.
///
/// Errors: examples::output_error; attribution::reconciliation_error if revenue was lost.
[[nodiscard]] examples::written_report write_report(records const& data, settings const& asked,
                                                    bool intervals,
                                                    examples::output_directory& out);

/// What is wrong with the records, by rules. Nothing is repaired: equal rows of usage all count.
/// Rows have the numbers that their lines have in their files (blank lines and line breaks inside
/// of fields are not counted).
[[nodiscard]] attribution::findings validate(records const& data);

/// The pictures of the accounts, beside the comparison of models: net_revenue_histogram,
/// total_users_histogram, platform_count_plot, correlation_heatmap.
[[nodiscard]] std::vector<examples::figure> account_figures(records const& data,
                                                            examples::report_model const& report);

}  // namespace krispcall
