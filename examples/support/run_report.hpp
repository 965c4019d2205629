// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/earlier_run.hpp>
#include <support/output.hpp>
#include <support/program.hpp>
#include <support/report_program.hpp>
#include <support/report_text.hpp>
#include <support/sample_data.hpp>
#include <support/terminal.hpp>

#include <filesystem>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace examples {

/// The text of --help, from the file help.txt of the program that is linked: what it is for before
/// the line {options}, and what more there is to say after it, with what all report programs read and
/// write in the places of {inputs} and {outputs}.
extern std::string_view const help_text;

/// A report program: its name, its words for --help, and what only it can do.
struct report_program {
    std::string name = {};  // pipeline
    std::string_view help = help_text;
    std::string working = {};  // what it does after reading: attributing revenue

    std::function<std::vector<sample_file>()> sample = {};  // what it reads without --data
    std::function<void(CLI::App&)> add_options = {};        // its own; may be empty
    /// How its runs are told apart, if it can say why amounts are not those of an earlier one. The name
    /// of the program goes without saying.
    std::optional<run_layout> against = {};
    /// What was asked for, before anything is read; may be empty.
    ///
    /// Errors: CLI::ValidationError if that cannot be.
    std::function<void(report_options const&)> understand = {};
};

/// What was asked of a report program, and the run to compare with, if there is one.
struct run_options : report_options {
    std::optional<earlier_run> earlier = {};
};

/// Adds an option with a value, which --help shows as `shown`: N=90.
template <class Value>
CLI::Option* add_value(CLI::App& options, std::string const& name, Value& into,
                       std::string const& shown, std::string const& text,
                       std::string const& group = "Attribution") {
    return options.add_option(name, into, text)->option_text(shown)->group(group);
}

/// Adds an option whose value is one of some words.
void add_choice(CLI::App& options, std::string const& name, std::string& into,
                std::vector<std::string> const& words, std::string const& text,
                std::string const& group = "Attribution");

/// Reads the command line, adds what all report programs have, and checks what was asked for.
///
/// Errors: CLI::ParseError; input_error, if the earlier run is none; std::logic_error if the help lacks
///         {options}.
[[nodiscard]] run_options report_asked_for(command_line& command, report_program const& program);

/// The whole of the main() of a report program: reads `asked.data`, the sample data unless told
/// otherwise, by `load(asked)`, lets `write(records, asked, out)` write the program's own files and
/// make the report, and finishes it. Records have an `input`, which is how they were read.
///
/// Returns the exit status, as run_program does.
template <class Load, class Write>
[[nodiscard]] int run_report(int argc, char const* const* argv, report_program const& program,
                             Load load, Write write) {
    return run_program(argc, argv, [&](command_line& command) {
        auto asked = report_asked_for(command, program);
        progress step{program.name, asked.quiet};
        if (asked.data.empty()) {
            asked.data = write_sample(asked.out, program.sample());
            asked.sampled = true;
        }
        step.at("reading " + asked.data.string());
        auto const records = load(asked);
        step.at(program.working);
        auto inputs = std::async([&] { return describe_inputs(records.input.paths); });
        output_directory results{asked.out};
        written_report written = write(records, asked, results);
        written.report.inputs = inputs.get();
        finish_report(written.report, written.summary, written.files, asked, results, step);
    });
}

/// The same for a program with `Settings` of its own, which add their options by `add_to(options)`, and
/// may say by `understand(common)` what cannot be: `load(asked.data, asked.input)`, or `load(settings,
/// asked)`, and `write(records, settings, asked, out)`.
template <class Settings, class Load, class Write>
[[nodiscard]] int run_report(int argc, char const* const* argv, report_program program, Load load,
                             Write write) {
    Settings own;
    program.add_options = [&](CLI::App& options) { own.add_to(options); };
    if constexpr (requires(report_options const& common) { own.understand(common); })
        program.understand = [&](report_options const& common) { own.understand(common); };
    return run_report(
        argc, argv, program,
        [&](run_options const& asked) {
            if constexpr (std::is_invocable_v<Load, std::filesystem::path const&, reading const&>)
                return load(asked.data, asked.input);
            else
                return load(own, asked);
        },
        [&](auto const& records, run_options const& asked, output_directory& out) {
            return write(records, own, asked, out);
        });
}

}  // namespace examples
