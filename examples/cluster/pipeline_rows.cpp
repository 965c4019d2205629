// SPDX-License-Identifier: BSL-1.0
#include <cluster/rows.hpp>

#include <pipeline/records.hpp>

#include <support/program.hpp>

#include <date/date.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>

namespace {

/// Rows for workers have whole seconds.
date::sys_seconds whole_seconds(examples::instant time) {
    auto const seconds = date::floor<std::chrono::seconds>(time);
    if (seconds != time)
        throw std::runtime_error{examples::time_text(time) +
                                 " has parts of a second, which rows for workers cannot have"};
    return seconds;
}

std::optional<std::string> text_in(examples::maybe_text const& key) {
    return std::optional<std::string>{key.view()};
}

/// The pipeline's records as rows for workers: touchpoints by account and channel, opportunities by
/// account and segment, amounts in units of 10^-9.
void run(examples::command_line& command) {
    std::filesystem::path data;
    command.options.name("pipeline_rows");
    command.options.description("The records of the pipeline example as rows for workers.\n");
    command.options.add_option("--data", data, "Directory of the input files")->required();
    command.parse();

    auto const records = pipeline::load(data, {}, {});
    if (records.decimals != examples::most_decimals)
        throw std::runtime_error{"the amounts are too large for rows in units of 10^-9"};
    std::ios::sync_with_stdio(false);
    std::uint64_t row = 0;
    for (auto const& touch : records.touchpoints)
        std::cout << cluster::line_of(cluster::touch_row{text_in(touch.account),
                                                         whole_seconds(touch.time), row++,
                                                         std::string{touch.channel}})
                  << '\n';
    row = 0;
    for (auto const& sale : records.opportunities)
        std::cout << cluster::line_of(cluster::sale_row{
                         text_in(sale.account), whole_seconds(sale.created), row++,
                         std::string{sale.segment}, sale.amount.value.units()})
                  << '\n';
    std::cout << cluster::end_line(records.touchpoints.size() + records.opportunities.size())
              << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
