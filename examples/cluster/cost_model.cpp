// SPDX-License-Identifier: BSL-1.0
#include <support/program.hpp>
#include <support/text_table.hpp>

#include <attribution/wire/partition_of.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <string>
#include <vector>

namespace {

constexpr auto description =
    "What attribution in parts costs on a cluster, by a model and by simulation.\n"
    "\n"
    "Customers get touches by Zipf's law (the r-th customer r^-skew as many as the first) and are\n"
    "dealt out to parts by the hash of their name, as attribution_worker split does; machines "
    "take\n"
    "one part after the other, the next that is free the next part.\n";

struct cluster_costs {
    double touches = 10e9;
    std::size_t customers = 2'000'000;  // of the simulation
    std::size_t machines = 100;
    double row_bytes = 40;
    double read_rate = 1e9;        // bytes per second and machine
    double network_rate = 1.25e9;  // likewise
    double touch_nanoseconds = 1000;
    double partial_bytes = 20'000;
};

/// The part of all touches that each customer has.
std::vector<double> zipf(std::size_t customers, double skew) {
    std::vector<double> shares;
    double sum = 0;
    for (std::size_t rank = 1; rank <= customers; ++rank)
        sum += shares.emplace_back(std::pow(static_cast<double>(rank), -skew));
    for (auto& share : shares)
        share /= sum;
    return shares;
}

/// Deals customers out; one that has more than `most` comes in slices, each a customer of its own.
std::vector<double> parts_of(std::vector<double> const& customers, std::size_t parts, double most) {
    std::vector<double> loads(parts, 0.0);
    for (std::size_t i = 0; i < customers.size(); ++i) {
        auto const name = std::to_string(i);
        auto const slices = std::max(1.0, std::ceil(customers[i] / most));
        for (std::size_t slice = 0; slice < static_cast<std::size_t>(slices); ++slice)
            loads[attribution::partition_of(slice == 0 ? name : fmt::format("{}/{}", name, slice),
                                            parts)] += customers[i] / slices;
    }
    return loads;
}

/// How long the machines need if each takes the next part as soon as it is free.
double finished(std::vector<double> const& parts, std::size_t machines) {
    std::priority_queue<double, std::vector<double>, std::greater<>> free;
    for (std::size_t i = 0; i < machines; ++i)
        free.push(0);
    double last = 0;
    for (double const load : parts) {
        auto const end = free.top() + load;
        free.pop();
        free.push(end);
        last = std::max(last, end);
    }
    return last;
}

void print_simulation(cluster_costs const& costs) {
    auto const machines = static_cast<double>(costs.machines);
    examples::text_table table{
        {"skew", "largest customer", "parts", "largest part", "all machines", "with slices"}};
    for (double const skew : {0.5, 0.8, 1.0, 1.2}) {
        auto const customers = zipf(costs.customers, skew);
        for (std::size_t const each : {1U, 4U, 16U}) {
            auto const parts = each * costs.machines;
            auto const whole = parts_of(customers, parts, 1);
            auto const even = 1 / static_cast<double>(parts);
            auto const sliced = parts_of(customers, parts, even / 4);
            table.row({fmt::format("{:.1f}", skew), fmt::format("{:.4f}%", 100 * customers[0]),
                       fmt::format("{}", parts),
                       fmt::format("{:.2f}", *std::ranges::max_element(whole) / even),
                       fmt::format("{:.2f}", finished(whole, costs.machines) * machines),
                       fmt::format("{:.2f}", finished(sliced, costs.machines) * machines)});
        }
    }
    fmt::print(
        "Simulation: {} customers on {} machines\n\n{}\n"
        "largest part: of the mean part. all machines: when the last is done, of the time\n"
        "that an even load takes. with slices: customers with more than a quarter of a part\n"
        "are cut by time, which a lookback window allows.\n\n",
        costs.customers, costs.machines, table.text());
}

void print_model(cluster_costs const& costs) {
    auto const machines = static_cast<double>(costs.machines);
    auto const bytes = costs.touches * costs.row_bytes;
    auto const exchanged = bytes * (machines - 1) / machines;
    auto const parts = 16 * machines;
    examples::text_table table{{"step", "bytes in all", "seconds"}};
    auto const line = [&](std::string const& step, double moved, double seconds) {
        table.row({step, fmt::format("{:.3g}", moved), fmt::format("{:.3g}", seconds)});
    };
    line("read", bytes, bytes / machines / costs.read_rate);
    line("exchange by customer", exchanged, exchanged / machines / costs.network_rate);
    line("attribute, even load", 0, costs.touches / machines * costs.touch_nanoseconds * 1e-9);
    line("collect partial results", parts * costs.partial_bytes,
         parts * costs.partial_bytes / costs.network_rate);
    fmt::print("Model: {:.3g} touches on {} machines, {} parts, {} bytes a row, {:.3g} bytes/s\n"
               "read and {:.3g} bytes/s sent by each machine, {} ns a touch, {} bytes a partial "
               "result\n\n{}",
               costs.touches, costs.machines, parts, costs.row_bytes, costs.read_rate,
               costs.network_rate, costs.touch_nanoseconds, costs.partial_bytes, table.text());
}

void run(examples::command_line& command) {
    cluster_costs costs;
    auto& options = command.options;
    options.name("cluster_cost_model");
    options.description(description);
    auto const number = [&](char const* name, double& value, char const* what) {
        options.add_option(name, value, what)->check(CLI::PositiveNumber)->capture_default_str();
    };
    number("--touches", costs.touches, "Touches in all");
    number("--row-bytes", costs.row_bytes, "Bytes of a row");
    number("--read-rate", costs.read_rate, "Bytes a second that a machine reads");
    number("--network-rate", costs.network_rate, "Bytes a second that a machine sends");
    number("--touch-nanoseconds", costs.touch_nanoseconds, "To parse and attribute a touch");
    number("--partial-bytes", costs.partial_bytes, "Bytes of a partial result");
    options.add_option("--machines", costs.machines, "Machines")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    options.add_option("--customers", costs.customers, "Customers of the simulation")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str();
    command.parse();
    print_simulation(costs);
    print_model(costs);
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
