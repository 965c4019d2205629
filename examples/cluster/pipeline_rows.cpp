// SPDX-License-Identifier: BSL-1.0
#include <cluster/rows.hpp>

#include <pipeline/records.hpp>

#include <support/program.hpp>

#include <filesystem>
#include <iostream>

namespace {

/// The pipeline's records as rows for workers: touchpoints by account and channel, opportunities by
/// account and segment, amounts in units of 10^-9.
void run(examples::command_line& command) {
    std::filesystem::path data;
    command.options.name("pipeline_rows");
    command.options.description("The records of the pipeline example as rows for workers.\n");
    command.options.add_option("--data", data, "Directory of the input files")->required();
    command.parse();

    auto const records = pipeline::load(data);
    std::ios::sync_with_stdio(false);
    std::uint64_t row = 0;
    for (auto const& touch : records.touchpoints)
        std::cout << cluster::line_of(
                         cluster::touch_row{touch.account, touch.time, row++, touch.channel})
                  << '\n';
    row = 0;
    for (auto const& sale : records.opportunities)
        std::cout << cluster::line_of(cluster::sale_row{sale.account, sale.created, row++,
                                                        sale.segment, sale.amount.units()})
                  << '\n';
    std::cout << cluster::end_line(records.touchpoints.size() + records.opportunities.size())
              << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
