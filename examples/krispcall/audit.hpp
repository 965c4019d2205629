// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>
#include <krispcall/report.hpp>

#include <support/output.hpp>

#include <attribution/quality/findings.hpp>

#include <string>

namespace krispcall {

/// Writes one line per call or message, by the usage-based table, then one per connect, by the
/// chosen one, each in the order of its file: what it earned, or why it earned nothing.
///
/// Returns a summary for the terminal: how many of every kind of record counted, and why the others
/// did not.
[[nodiscard]] std::string write_audit(examples::csv_writer file, records const& data,
                                      settings const& asked, attribution::findings const& found);

}  // namespace krispcall
