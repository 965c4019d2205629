// SPDX-License-Identifier: BSL-1.0
#include "against.hpp"
#include "load.hpp"
#include "report.hpp"
#include "settings.hpp"
#include "sorted.hpp"

#include <support/output.hpp>
#include <support/program.hpp>
#include <support/report_program.hpp>
#include <support/terminal.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>

namespace {

std::string read_from(std::size_t touchpoints, std::size_t conversions) {
    return fmt::format("{} touchpoints and {} conversions", touchpoints, conversions);
}

/// Where files go, if any are wanted.
examples::output_directory directory_of(examples::report_options const& asked) {
    if (!asked.results.any_files())
        return {};
    return examples::output_directory{asked.out};
}

/// Part by part, whatever the size of the tables.
void run_sorted(own_files::settings& asked, examples::progress& step) {
    auto& common = asked.common;
    step.at("looking at the tables");
    own_files::sorted_tables tables{asked};
    auto results = directory_of(common);
    auto const written = own_files::write_sorted_report(tables, asked, results, step);
    common.data = read_from(tables.touchpoints(), tables.conversions());
    examples::finish_report(written.report, written.summary, written.files, common, results, step);
}

void run(examples::command_line& command) {
    auto asked = own_files::read_settings(command);
    auto& common = asked.common;
    examples::progress step{"attribution", common.quiet};
    if (asked.sorted_by_key)
        return run_sorted(asked, step);
    step.at("reading the tables");
    auto const data = own_files::load(asked);
    common.data = read_from(data.touches_read, data.sales.size() + data.refunds.size());
    std::optional<own_files::earlier_records> earlier;
    if (!common.against.empty())
        earlier = own_files::load_earlier(asked, data);
    step.at("attributing conversions");
    auto results = directory_of(common);
    auto const written =
        own_files::write_report(data, asked, earlier ? &*earlier : nullptr, results);
    examples::finish_report(written.report, written.summary, written.files, common, results, step);
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
