// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>
#include <krispcall/report.hpp>

#include <support/output.hpp>
#include <support/report_model.hpp>

#include <attribution/quality/findings.hpp>

#include <string>
#include <vector>

namespace krispcall {

struct audit_result {
    std::string
        summary;  // for the terminal: how many of every kind counted, and why others did not
    std::vector<examples::reason_table> reasons;
};

/// Writes one line per call or message, by the usage-based table, then one per connect, by the
/// chosen one, each in the order of its file: what it earned, or why it earned nothing.
[[nodiscard]] audit_result write_audit(examples::csv_writer file, records const& data,
                                       settings const& asked, attribution::findings const& found);

}  // namespace krispcall
