// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/output.hpp>
#include <support/program.hpp>
#include <support/reading.hpp>
#include <support/report_model.hpp>
#include <support/sample_data.hpp>
#include <support/terminal.hpp>
#include <support/wanted_results.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// What the report programs have in common, from the command line to the last file.
namespace examples {

/// The options that every report program has.
struct report_options {
    std::filesystem::path data = {};
    bool sampled = false;  // the data is the program's own sample
    std::filesystem::path out = {};
    std::string database = {};
    std::string database_runs = "replace";
    reading input = {};
    bool without_pictures = false;
    bool quiet = false;
    bool json = false;
    bool intervals = false;
    std::filesystem::path against = {};
    wanted_results results = {};
};

/// Adds them, --version, and what they mean to --help. `out` already has its default.
void add_report_options(CLI::App& options, report_options& asked);

/// --intervals, for programs whose report can say how sure its amounts are: see intervals.hpp.
void add_interval_option(CLI::App& options, report_options& asked);

/// --against, for programs whose report can say why its amounts are not those of an earlier run: see
/// restated.hpp.
void add_against_option(CLI::App& options, report_options& asked);

/// --only, for programs that can do less than all their work.
void add_only_option(CLI::App& options, report_options& asked);

/// Errors: CLI::ValidationError if other options ask for what --only leaves out.
void check_only(CLI::App const& options, report_options const& asked);

/// What all report programs write, for --help.
[[nodiscard]] std::string_view help_on_outputs();

/// What all report programs can read, for --help.
[[nodiscard]] std::string help_on_inputs();

/// Errors: CLI::ValidationError if an option asks for what this program cannot do.
void check_report_options(report_options const& asked);

/// Writes the sample data beside the results, to be read like any other data.
[[nodiscard]] std::filesystem::path write_sample(std::filesystem::path const& out,
                                                 std::vector<sample_file> const& files);

/// Name, size and digest of the files, as they are now. Files of the same name keep their
/// directories.
[[nodiscard]] std::vector<input_file> describe_inputs(std::vector<std::filesystem::path> const&);

/// The version of the library.
[[nodiscard]] std::string version();

/// What a program has written by itself.
struct written_report {
    std::string summary = {};             // for the terminal
    std::vector<std::string> files = {};  // names in the output directory
    report_model report = {};
};

/// Writes pictures, page, written summary and database of the report, or which of them are wanted, makes
/// everything appear at once, and prints `summary` and the names of `files` and its own: the database is committed when
/// all files are complete, and then the files are put in place.
///
/// Errors: output_error, with nothing changed, but for a failure in the last two steps.
void finish_report(report_model const& report, std::string const& summary,
                   std::vector<std::string> files, report_options const& asked,
                   output_directory& results, progress& step);

/// The run for programs: its figures, its findings and its files.
[[nodiscard]] std::string report_json(report_model const& report,
                                      std::vector<std::string> const& paths,
                                      report_options const& asked);

}  // namespace examples
