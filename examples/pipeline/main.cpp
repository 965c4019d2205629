// SPDX-License-Identifier: BSL-1.0
#include <pipeline/records.hpp>
#include <pipeline/report.hpp>

#include <support/output.hpp>
#include <support/program.hpp>
#include <support/sample_data.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

constexpr auto description =
    "Which channel sourced the sales pipeline?\n"
    "\n"
    "Shares every opportunity out among the marketing and sales touchpoints of its account,\n"
    "by seven models side by side, and writes the totals by channel and by sales segment.\n";

constexpr auto more =
    "\n"
    "Reads de_hw_opportunity_data.csv, de_hw_contact_data.csv, de_hw_marketing_data.csv and\n"
    "de_hw_sales_outreach_data.csv. Writes {first_touch,last_touch,linear,position_based,\n"
    "time_decay,markov,shapley}_by_channel.csv and _by_segment_and_channel.csv,\n"
    "opportunity_touchpoints.csv,\n"
    "unattributed.csv, audit.csv, validation.csv and reconciliation.csv, with --spend also\n"
    "returns_by_channel.csv; all of them, or none if anything is wrong.\n"
    "\n"
    "markov and shapley are learned from the paths of the accounts that became an opportunity and\n"
    "of those that did not; where nothing can be learned they are left out.\n"
    "\n"
    "audit.csv says of every touchpoint what it earned by the linear model, or why it earned\n"
    "nothing. validation.csv counts the rows that break a rule; of touchpoints it gives lines of\n"
    "audit.csv, of others lines of their own file. reconciliation.csv proves for every model and\n"
    "segment that the amounts are credited or unattributed, to the last digit.\n"
    "\n"
    "The file of --spend has the columns channel, period and spend. A period is the month of the\n"
    "touchpoints that the money paid for, as 2024-05 (UTC): returns_by_channel.csv sets it\n"
    "against what they earned by the linear model, whenever their opportunities were created.\n"
    "Costs that earned nothing and earnings that cost nothing have lines too; ratios to a spend\n"
    "of nothing are undefined. The last line, without channel, is what nobody earned.\n"
    "\n"
    "Without --data, the program invents sample data with faults of every kind, and leaves it in\n"
    "sample-data below the results; it uses the spend there unless told otherwise.\n"
    "\n"
    "A contact or account written as nothing, null or NULL is missing and joins nothing.\n"
    "Rows that repeat an id are reported, and count like any other.\n"
    "\n"
    "Exit status: 0, 2 for a wrong command line or input, 1 if the results cannot be written.";

/// Writes the sample data beside the results, to be read like any other data.
fs::path sample_data(fs::path const& out) {
    auto const directory = out / "sample-data";
    examples::output_directory files{directory};
    examples::write_files(examples::pipeline_sample().files, files);
    files.commit();
    return directory;
}

void run(examples::command_line& command) {
    fs::path data;
    fs::path spend_file;
    fs::path out = "out/pipeline";
    int lookback_days = 90;
    std::string amounts = "exact";

    auto& options = command.options;
    options.name("pipeline");
    options.description(description);
    options.footer(more);
    options.add_option("--data", data, "Directory of the input files; without it, sample data")
        ->option_text("DIR");
    options.add_option("--spend", spend_file, "What the channels cost, see below")
        ->option_text("FILE");
    options.add_option("--out", out, "Directory of the results")->option_text("DIR=out/pipeline");
    options
        .add_option("--lookback-days", lookback_days,
                    "How long a touchpoint counts, in days of 24 hours")
        ->option_text("N=90")
        ->check(CLI::Range(0, 36'500));
    options
        .add_option("--amounts", amounts,
                    "Exact decimals, or 32-bit floats as in the published report")
        ->option_text("exact|float32")
        ->check(CLI::IsMember({"exact", "float32"}));
    command.parse();

    if (data.empty()) {
        data = sample_data(out);
        if (spend_file.empty())
            spend_file = data / "de_hw_spend_data.csv";
    }
    auto const records = pipeline::load(data);
    auto spend = std::optional<std::vector<pipeline::expense>>{};
    if (!spend_file.empty())
        spend = pipeline::load_spend(spend_file);
    examples::output_directory results{out};
    auto const report = pipeline::write_report(
        records, spend ? &*spend : nullptr, date::days{lookback_days},
        amounts == "exact" ? pipeline::amounts::exact : pipeline::amounts::float32, results);
    results.commit();

    fmt::print("{}\nWritten from {}:\n", report.summary, data.string());
    for (auto const& name : report.files)
        fmt::print("  {}\n", (out / name).string());
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
