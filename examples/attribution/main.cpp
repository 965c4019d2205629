// SPDX-License-Identifier: BSL-1.0
#include "against.hpp"
#include "load.hpp"
#include "report.hpp"
#include "settings.hpp"

#include <support/output.hpp>
#include <support/program.hpp>
#include <support/report_program.hpp>
#include <support/terminal.hpp>

#include <fmt/format.h>

#include <optional>

namespace {

void run(examples::command_line& command) {
    auto asked = own_files::read_settings(command);
    auto& common = asked.common;
    examples::progress step{"attribution", common.quiet};
    step.at("reading the tables");
    auto const data = own_files::load(asked);
    common.data = fmt::format("{} touchpoints and {} conversions", data.touches.size(),
                              data.sales.size() + data.refunds.size());
    std::optional<own_files::earlier_records> earlier;
    if (!common.against.empty())
        earlier = own_files::load_earlier(asked, data);
    step.at("attributing conversions");
    examples::output_directory results{common.out};
    auto const written =
        own_files::write_report(data, asked, earlier ? &*earlier : nullptr, results);
    examples::finish_report(written.report, written.summary, written.files, common, results, step);
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
