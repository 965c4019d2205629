// SPDX-License-Identifier: BSL-1.0
// Writes pages for a browser to open: one of a report without models, and one of 100,000 conversions.
#include <support/page.hpp>
#include <support/shortened.hpp>

#include <own_report.hpp>
#include <small_report.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

using namespace examples;

namespace {

constexpr std::size_t conversions = 100'000;

/// Everything that grows with the data: paths, a table of a row for each, channels by the hundred.
report_model big_report() {
    auto report = small_report();
    auto const two_steps = report.paths[0];
    report.paths.clear();
    report_table customers{.name = "customers",
                           .title = "Customers",
                           .note = "One row for each.",
                           .columns = {{"customer"},
                                       {"orders", column_kind::integer, "Orders"},
                                       {"revenue", column_kind::amount, "Revenue (USD)"},
                                       {"last_order", column_kind::date, "Last order"}}};
    for (std::size_t i = 0; i < conversions; ++i) {
        auto& path = report.paths.emplace_back(two_steps);
        path.name = fmt::format("customer {}", i);
        path.units = static_cast<std::int64_t>(i) * 1'000;
        if (i % 4 == 0)
            path.steps.clear();
        customers.rows.push_back({path.name, fmt::format("{}", i % 7),
                                  fmt::format("{}.50", (i * 7919) % 100'003),
                                  fmt::format("2024-{:02}-{:02}", 1 + i % 12, 1 + i % 28)});
    }
    for (std::size_t i = 0; i < 600; ++i)
        report.compared.lines.push_back(
            {fmt::format("channel {}", i), true, {static_cast<std::int64_t>(i), std::nullopt}});
    report.tables.push_back(std::move(customers));
    return shortened(std::move(report));
}

void write(std::filesystem::path const& file, report_model const& report) {
    std::ofstream to{file, std::ios::binary};
    to << page_html(report);
    if (!to.flush())
        throw std::runtime_error{file.string() + ": cannot be written"};
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 2)
            throw std::invalid_argument{"examples_pages DIRECTORY"};
        auto const directory = std::filesystem::path{argv[1]};
        write(directory / "own.html", shortened(own_report()));
        write(directory / "big.html", big_report());
    } catch (std::exception const& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
