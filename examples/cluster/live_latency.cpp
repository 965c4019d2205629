// SPDX-License-Identifier: BSL-1.0
#include <support/program.hpp>
#include <support/random.hpp>
#include <support/text_table.hpp>

#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/stream/live.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace att = attribution;
using clock_type = std::chrono::steady_clock;

constexpr auto description =
    "How long a stream takes for a touch and for a sale, and how much memory it needs.\n"
    "\n"
    "Fills a desk with customers, then times record after record at a steady state: as many\n"
    "touches are forgotten as come.\n";

struct touch {
    std::uint64_t user;
    std::int64_t at;
    std::uint64_t id;
    std::uint32_t channel;
};
struct sale {
    std::uint64_t user;
    std::int64_t at;
    std::uint64_t id;
    std::int64_t cents;
};

/// Whom a record is of must not depend on the standard library.
std::uint64_t scattered(std::uint64_t number) {
    return examples::random_source{number}.next();
}

double resident_bytes() {
    std::size_t size = 0;
    std::size_t resident = 0;
    std::ifstream{"/proc/self/statm"} >> size >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

void add_row(examples::text_table& table, std::string const& what, std::vector<double>& times) {
    std::ranges::sort(times);
    auto const at = [&](double part) {
        return fmt::format(
            "{:.0f}",
            times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))]);
    };
    table.row({what, fmt::format("{}", times.size()), at(0.5), at(0.99), at(0.999), at(1)});
}

void run(examples::command_line& command) {
    std::uint64_t customers = 10'000'000;
    std::uint64_t timed = 2'000'000;
    command.options.name("live_latency");
    command.options.description(description);
    command.options.add_option("--customers", customers, "Customers with touches in memory")
        ->check(CLI::Range(1, 1'000'000'000))
        ->capture_default_str();
    command.options.add_option("--touches", timed, "Touches to time; a tenth as many sales")
        ->check(CLI::Range(10, 1'000'000'000))
        ->capture_default_str();
    command.parse();

    auto const before = resident_bytes();
    auto const window = static_cast<std::int64_t>(customers);  // a touch a tick
    auto desk =
        att::live(att::conversion_stream<sale>(&sale::user, &sale::at, &sale::id, &sale::cents),
                  att::touchpoint_stream<touch>(&touch::user, &touch::at, &touch::id), att::linear,
                  att::lookback(window), att::at_once);
    desk.reserve(customers);
    std::uint64_t row = 0;
    auto const next = [&] {
        ++row;
        return touch{scattered(row) % customers, static_cast<std::int64_t>(row), row, 1};
    };
    while (row < 2 * customers) {
        (void)desk.touch(next());
        desk.advance(static_cast<std::int64_t>(row));
    }
    auto const held = desk.counts();
    auto const memory = resident_bytes() - before;

    std::vector<double> touches;
    std::vector<double> sales;
    std::int64_t credited = 0;
    auto const sink = [&](att::credit<std::int64_t> const& earned) { credited += earned.amount; };
    auto const time = [](auto const& use, std::vector<double>& into) {
        auto const start = clock_type::now();
        use();
        into.push_back(std::chrono::duration<double, std::nano>(clock_type::now() - start).count());
    };
    for (std::uint64_t i = 0; i < timed; ++i) {
        auto const one = next();
        time([&] { (void)desk.touch(one); }, touches);
        desk.advance(one.at);
        if (i % 10 == 0) {
            sale const order{scattered(row * 7) % customers, one.at, row, 100};
            time([&] { (void)desk.convert(order, sink); }, sales);
        }
    }
    examples::text_table table{
        {"nanoseconds", "timed", "half within", "99% within", "99.9% within", "longest"}};
    add_row(table, "touch", touches);
    add_row(table, "sale, credited at once", sales);
    fmt::print("{} customers with {} touches in memory, {:.0f} bytes a touch (a record is {})\n"
               "{} cents credited\n\n{}",
               held.held_customers, held.held_touchpoints,
               memory / static_cast<double>(held.held_touchpoints), sizeof(touch), credited,
               table.text());
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
