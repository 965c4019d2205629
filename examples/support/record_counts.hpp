// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/report_model.hpp>
#include <support/report_text.hpp>

#include <attribution/policy/outcome.hpp>
#include <attribution/report/explain.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace examples {

/// How many records there are of each kind, by what an audit and rules found of them, for tables that
/// stand in the text of the report:
///
///     [calls]
///     count = [
///         "counted = credited + the model gave it no weight",
///         "platform not connected = refused by while connected",
///         "unknown user = known(usage user)",
///         "with a platform = touchpoints - required(usage platform)",
///         "all calls = touchpoints",
///     ]
///
/// A number is what an audit calls an outcome (of touchpoints; refused by a part of the policy, if it
/// says which), a rule, all `touchpoints` of the audit, the lines of what is `unattributed`, or one of
/// the program's own; or sums and differences of those, from left to right.
class record_counts {
  public:
    using numbers = std::map<std::string, std::size_t>;

    template <class Audit>
    record_counts(report_model const& report, Audit const& audit, numbers own = {})
        : record_counts{report, std::move(own)} {
        numbers_["touchpoints"] = audit.touchpoints().size();
        for (auto const& part : audit.parts())
            numbers_["refused by " + part];
        for (auto const& line : audit.touchpoint_counts()) {
            std::string const outcome{to_string(line.what)};
            numbers_[outcome] += line.count;
            if (line.text != outcome)
                numbers_[line.text] += line.count;
        }
    }

    /// Errors: std::logic_error if nothing is called so.
    [[nodiscard]] std::size_t of(std::string const& name) const;
    /// Tables for the terminal, each of a section of the text, whose name is its title.
    ///
    /// Errors: std::logic_error if a line of the text counts nothing that there is.
    [[nodiscard]] std::string tables(report_text const& text,
                                     std::vector<std::string> const& titles) const;

  private:
    record_counts(report_model const& report, numbers own);

    numbers numbers_;
};

}  // namespace examples
