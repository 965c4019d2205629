// SPDX-License-Identifier: BSL-1.0
#include <support/run_report.hpp>

namespace examples {

report_options report_asked_for(command_line& command, report_program const& program) {
    report_options asked{.out = "out/" + program.name};
    auto& options = command.options;
    options.name(program.name);
    options.description(program.description);
    options.footer(program.about + help_on_inputs() + program.choices + '\n' +
                   std::string{help_on_outputs()} + program.usage);
    add_report_options(options, asked);
    if (program.add_options)
        program.add_options(options);
    add_interval_option(options, asked);
    if (program.has_against)
        add_against_option(options, asked);
    command.parse();
    check_report_options(asked);
    if (program.understand)
        program.understand(asked);
    return asked;
}

}  // namespace examples
