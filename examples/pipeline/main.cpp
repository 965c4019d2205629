// SPDX-License-Identifier: BSL-1.0
#include <pipeline/records.hpp>
#include <pipeline/report.hpp>

#include <support/output.hpp>
#include <support/program.hpp>
#include <support/report_program.hpp>
#include <support/sample_data.hpp>
#include <support/terminal.hpp>

#include <date/date.h>

#include <filesystem>
#include <string>

namespace fs = std::filesystem;

namespace {

constexpr auto description =
    "Which channel sourced the sales pipeline?\n"
    "\n"
    "Shares every opportunity out among the marketing and sales touchpoints of its account,\n"
    "by seven models side by side, and writes the totals by channel and by sales segment.\n";

std::string more() {
    return "Reads de_hw_opportunity_data.csv, de_hw_contact_data.csv, de_hw_marketing_data.csv "
           "and\n"
           "de_hw_sales_outreach_data.csv. Writes {first_touch,last_touch,linear,position_based,\n"
           "time_decay,markov,shapley}_by_channel.csv and _by_segment_and_channel.csv,\n"
           "opportunity_touchpoints.csv, unattributed.csv, audit.csv, validation.csv and\n"
           "reconciliation.csv, with --spend also returns_by_channel.csv; all of them, or none if\n"
           "anything is wrong.\n"
           "\n"
           "markov and shapley are learned from the paths of the accounts that became an\n"
           "opportunity and of those that did not; where nothing can be learned they are left "
           "out.\n"
           "\n"
           "audit.csv says of every touchpoint what it earned by the linear model, or why it "
           "earned\n"
           "nothing. validation.csv counts the rows that break a rule; of touchpoints it gives\n"
           "lines of audit.csv, of others lines of their own file. reconciliation.csv proves for\n"
           "every model and segment that the amounts are credited or unattributed, to the last\n"
           "digit.\n"
           "\n"
           "The file of --spend has the columns channel, period and spend. A period is the month "
           "of\n"
           "the touchpoints that the money paid for, as 2024-05 (UTC): returns_by_channel.csv "
           "sets\n"
           "it against what they earned by the linear model, whenever their opportunities were\n"
           "created. Costs that earned nothing and earnings that cost nothing have lines too;\n"
           "ratios to a spend of nothing are undefined. The last line, without channel, is what\n"
           "nobody earned.\n"
           "\n"
           "Without --data, the program invents sample data with faults of every kind, and leaves\n"
           "it in sample-data below the results; it uses the spend there unless told otherwise.\n"
           "\n"
           "Times are as in ISO 8601: 2024-05-01T10:00:00Z, with parts of a second or an offset "
           "like\n"
           "+05:30; one without either is taken for UTC, and reported. Amounts have up to 9 "
           "decimals\n"
           "and are exact; from 576 million in all, they have fewer decimals, and it is reported "
           "which\n"
           "were rounded. Spend of a channel that no touchpoint has is reported, too.\n"
           "Rows that repeat an id are reported, and count like any other.\n"
           "\n" +
           examples::help_on_inputs() + '\n' + std::string{examples::help_on_outputs()} +
           "\n"
           "Examples:\n"
           "  pipeline\n"
           "  pipeline --data exports --out results --database results/pipeline.sqlite\n"
           "  pipeline --data exports --lookback-days 30 --json | jq '.models[].total'";
}

void run(examples::command_line& command) {
    examples::report_options common{.out = "out/pipeline"};
    fs::path spend_file;
    int lookback_days = 90;
    std::string amounts = "exact";

    auto& options = command.options;
    options.name("pipeline");
    options.description(description);
    options.footer(more());
    examples::add_report_options(options, common);
    options.add_option("--spend", spend_file, "What the channels cost, see below")
        ->option_text("FILE")
        ->group("Input and output");
    options
        .add_option("--lookback-days", lookback_days,
                    "How long a touchpoint counts, in days of 24 hours")
        ->option_text("N=90")
        ->check(CLI::Range(0, 36'500))
        ->group("Attribution");
    options
        .add_option("--amounts", amounts,
                    "Exact decimals, or 32-bit floats as in the published report")
        ->option_text("exact|float32")
        ->check(CLI::IsMember({"exact", "float32"}))
        ->group("Attribution");
    command.parse();
    examples::check_report_options(common);

    examples::progress step{"pipeline", common.quiet};
    if (common.data.empty()) {
        common.data = examples::write_sample(common.out, examples::pipeline_sample().files);
        if (spend_file.empty())
            spend_file = common.data / "de_hw_spend_data.csv";
    }
    step.at("reading " + common.data.string());
    auto const records = pipeline::load(common.data, spend_file, common.input);
    auto inputs = pipeline::input_files(common.data);
    if (!spend_file.empty())
        inputs.push_back(spend_file);
    step.at("attributing opportunities");
    examples::output_directory results{common.out};
    auto written = pipeline::write_report(
        records, date::days{lookback_days},
        amounts == "exact" ? pipeline::amounts::exact : pipeline::amounts::float32, results);
    written.report.inputs = examples::describe_inputs(inputs);
    examples::finish_report(written.report, written.summary, written.files, common, results, step);
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
