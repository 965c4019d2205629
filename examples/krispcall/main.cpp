// SPDX-License-Identifier: BSL-1.0
#include <krispcall/records.hpp>
#include <krispcall/report.hpp>

#include <support/output.hpp>
#include <support/program.hpp>
#include <support/sample_data.hpp>

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace fs = std::filesystem;

namespace {

constexpr auto description =
    "Which integration platform brings the revenue?\n"
    "\n"
    "Shares the net revenue of every account out among the platforms that its users connected,\n"
    "by first touch and a chosen model, and among those they used, by usage.\n";

constexpr auto more =
    "\n"
    "Reads final_workspace_data.csv, final_payment_refund_data.csv, final_integration_data.csv\n"
    "and final_calls_sms_detailed_data.csv. Writes first_touch_attribution.csv,\n"
    "usage_based_attribution.csv, chosen_attribution.csv, audit.csv, validation.csv and\n"
    "reconciliation.csv; all of them, or none if anything is wrong.\n"
    "\n"
    "audit.csv says of every call and message (touchpoint: usage) what it earned by usage, and of\n"
    "every connect what it earned by the chosen model, or why they earned nothing; a line is that\n"
    "of its file. validation.csv counts the rows that break a rule and names the first lines.\n"
    "reconciliation.csv proves for every table and account that its revenue is credited or\n"
    "unattributed, to 6 decimals; the tables are rounded after that.\n"
    "\n"
    "Without --data, the program invents sample data with faults of every kind, and leaves it in\n"
    "sample-data below the results.\n"
    "\n"
    "Usage counts from an account's first payment to its first refund, both included, while its\n"
    "user has the platform connected; web and mobile always are. Equal rows all count.\n"
    "\n"
    "  --report summary     chosen model: position-based (two platforms: 60/40, more: 40/20/40);\n"
    "                       a segment weighs 1 second\n"
    "  --report assignment  chosen model: linear; a segment weighs 60 seconds\n"
    "  --rounding exact     the cents of each table add up to the revenue\n"
    "  --rounding published every platform is rounded by itself, as in the published tables\n"
    "\n"
    "Exit status: 0, 2 for a wrong command line or input, 1 if the results cannot be written.";

/// Writes the sample data beside the results, to be read like any other data.
fs::path sample_data(fs::path const& out) {
    auto const directory = out / "sample-data";
    examples::output_directory files{directory};
    examples::write_files(examples::krispcall_sample().files, files);
    files.commit();
    return directory;
}

void run(examples::command_line& command) {
    fs::path data;
    fs::path out = "out/krispcall";
    std::string report = "summary";
    std::optional<int> segment_seconds;
    std::string rounding = "exact";

    auto& options = command.options;
    options.name("krispcall");
    options.description(description);
    options.footer(more);
    options.add_option("--data", data, "Directory of the input files; without it, sample data")
        ->option_text("DIR");
    options.add_option("--out", out, "Directory of the results")->option_text("DIR=out/krispcall");
    options.add_option("--report", report, "Which report, see below")
        ->option_text("summary|assignment")
        ->check(CLI::IsMember({"summary", "assignment"}));
    options
        .add_option("--segment-seconds", segment_seconds,
                    "Weight of a segment of a message, in seconds of calls")
        ->option_text("S")
        ->check(CLI::Range(0, 86'400));
    options.add_option("--rounding", rounding, "How tables are rounded to cents, see below")
        ->option_text("exact|published")
        ->check(CLI::IsMember({"exact", "published"}));
    command.parse();

    using krispcall::report_kind;
    auto const kind = report == "summary" ? report_kind::summary : report_kind::assignment;
    auto const asked = krispcall::settings{
        .report = kind,
        .segment =
            std::chrono::seconds{segment_seconds.value_or(kind == report_kind::summary ? 1 : 60)},
        .cents = rounding == "exact" ? krispcall::rounding::exact : krispcall::rounding::published};

    if (data.empty())
        data = sample_data(out);
    auto const records = krispcall::load(data);
    examples::output_directory results{out};
    auto const written = krispcall::write_report(records, asked, results);
    results.commit();

    fmt::print("{}\nWritten from {}:\n", written.summary, data.string());
    for (auto const& name : written.files)
        fmt::print("  {}\n", (out / name).string());
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
