// SPDX-License-Identifier: BSL-1.0
#include <support/run_report.hpp>

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace examples {

void add_choice(CLI::App& options, std::string const& name, std::string& into,
                std::vector<std::string> const& words, std::string const& text,
                std::string const& group) {
    add_value(options, name, into, fmt::format("{}", fmt::join(words, "|")), text, group)
        ->check(CLI::IsMember(words));
}

run_options report_asked_for(command_line& command, report_program const& program) {
    run_options asked{{.out = "out/" + program.name}};
    auto& options = command.options;
    options.name(program.name);
    constexpr std::string_view mark = "{options}\n";
    auto const split = program.help.find(mark);
    if (split == program.help.npos)
        throw std::logic_error{"the help of " + program.name + " does not say where options stand"};
    options.description(std::string{program.help.substr(0, split)});
    auto const after = std::string{program.help.substr(split + mark.size())};
    options.footer(
        filled(filled(after, "{inputs}\n", help_on_inputs()), "{outputs}\n", help_on_outputs()));
    add_report_options(options, asked);
    if (program.add_options)
        program.add_options(options);
    add_interval_option(options, asked);
    if (program.against)
        add_against_option(options, asked);
    command.parse();
    check_report_options(asked);
    if (program.understand)
        program.understand(asked);
    if (!asked.against.empty()) {
        auto layout = *program.against;
        layout.program = program.name;
        asked.earlier.emplace(asked.against, std::move(layout));
    }
    return asked;
}

}  // namespace examples
