// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <string_view>

namespace examples {

/// The options of a program; parse() reads them from the command line.
class command_line {
  public:
    command_line(int argc, char const* const* argv) : argc_{argc}, argv_{argv} {}

    CLI::App options;

    /// Whole numbers are decimal: to CLI11, 010 is 8. Values are not empty, see may_be_empty, and are
    /// taken as they are: to CLI11, [a,b] may be two.
    ///
    /// Errors: CLI::ParseError, which run_program() understands.
    void parse();

  private:
    int argc_;
    char const* const* argv_;
};

/// An option whose value may be empty, which says something: its help tells what.
CLI::Option* may_be_empty(CLI::Option* option);

/// Prints text on standard output, all of it.
///
/// Errors: output_error if it takes no more.
void print_result(std::string_view text);

/// The whole of a main():
///
///     int main(int argc, char** argv) {
///         return examples::run_program(argc, argv, [](examples::command_line& command) {
///             std::string data;
///             command.options.add_option("data", data, "Folder of the CSV files")->required();
///             command.parse();
///             ...
///         });
///     }
///
/// Returns the exit status: 0 for success and --help; 2 for a wrong command line or wrong input
/// (input_error, std::filesystem::filesystem_error); 1 for anything else, such as an output_error
/// or a standard output that takes no more. Errors are one line on standard error, `NAME: message`.
int run_program(int argc, char const* const* argv, std::function<void(command_line&)> const& body);

}  // namespace examples
