// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/reading.hpp>
#include <support/report_model.hpp>

#include <attribution/quality/findings.hpp>

/// What reading the input has shown, for those who read the results.
namespace examples {

/// Files that were not UTF-8 or not separated by commas.
[[nodiscard]] attribution::findings file_findings(reading const& how);

/// Times that did not say where they are, or were finer than the program's.
[[nodiscard]] attribution::findings time_findings(reading const& how);

/// Both.
[[nodiscard]] attribution::findings reading_findings(reading const& how);

/// Adds the options by which the input was read to those of the report.
void add_reading(report_model& report, reading const& how);

/// One line for the terminal: the words that stand for a key that is missing.
[[nodiscard]] std::string nothing_text(reading const& how);

}  // namespace examples
