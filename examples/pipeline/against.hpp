// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/records.hpp>

#include <support/earlier_run.hpp>
#include <support/restated.hpp>

#include <filesystem>

/// Why the amounts are not those of an earlier run: --against.
namespace pipeline {

/// What an earlier run published, and its records in the units of this one.
struct earlier_records {
    examples::earlier_run run;
    records data;
};

/// Errors: examples::input_error if the directory is not one of this program, or damaged.
[[nodiscard]] examples::earlier_run earlier_run_in(std::filesystem::path const& directory);
[[nodiscard]] earlier_records load_earlier(examples::earlier_run run, records const& data);

/// The records as they are compared. Texts are borrowed.
[[nodiscard]] examples::compared_records compared(records const& own);

}  // namespace pipeline
