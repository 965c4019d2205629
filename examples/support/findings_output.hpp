// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/output.hpp>

#include <attribution/quality/findings.hpp>

#include <string>

/// What a validation found, for people and for programs. Rows have the numbers that `validate` gave
/// them: say `first_row` there to name the lines of a file.
namespace examples {

/// A table for the terminal, one line per rule:
///
///     rule          severity  checked  count  first rows   what is wrong
///     ------------  --------  -------  -----  -----------  ------------------------------
///     unique(id)    error         120      7  3, 9, 12, .. repeats the id of an earlier row
[[nodiscard]] std::string findings_table(attribution::findings const& found);

/// The findings of rules that something broke.
[[nodiscard]] attribution::findings broken_rules(attribution::findings const& found);

/// Their table, or that there are none.
[[nodiscard]] std::string broken_rules_text(attribution::findings const& found);

/// A CSV file `rule,severity,checked,count,first_rows,text,notes`, one line per rule; rows are
/// separated by spaces, notes by "; ".
void write_findings_csv(output_directory& out, std::string const& name,
                        attribution::findings const& found);

/// A JSON array of objects {rule, severity, checked, count, first_rows, text, notes}, in that
/// order, with a final line end. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string findings_json(attribution::findings const& found);

}  // namespace examples
