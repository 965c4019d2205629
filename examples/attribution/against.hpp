// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "records.hpp"
#include "rules.hpp"
#include "settings.hpp"

#include <support/earlier_run.hpp>
#include <support/report_model.hpp>

#include <string>
#include <vector>

/// Why the amounts are not those of an earlier run: --against.
namespace own_files {

/// What an earlier run published, and its records in the units of this one.
struct earlier_records {
    examples::earlier_run run;
    records data;
};

/// Errors: examples::input_error if the directory of --against is not one of this program, or
///         damaged; CLI::ValidationError if its amounts are of another currency.
[[nodiscard]] earlier_records load_earlier(settings const& asked, records const& data);

/// Tells the report why `credits`, those of `models`, are not what was published. What the earlier
/// run does not say of its touchpoints, because no rule of its looked at it, is taken from the same
/// touchpoints now.
void describe_restatement(examples::report_model& report, earlier_records& earlier,
                          records const& data, settings const& asked, model_list const& models,
                          std::vector<ledger_type> const& credits);

/// What later runs need to know of this one: lines of attribution.toml, the title of a column of
/// audit.csv.
[[nodiscard]] std::string currency_note(records const& data);
[[nodiscard]] std::string trait_title(std::string const& column);

}  // namespace own_files
