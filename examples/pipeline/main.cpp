// SPDX-License-Identifier: BSL-1.0
#include <pipeline/against.hpp>
#include <pipeline/records.hpp>
#include <pipeline/report.hpp>

#include <support/output.hpp>
#include <support/program.hpp>
#include <support/report_program.hpp>
#include <support/sample_data.hpp>
#include <support/terminal.hpp>

#include <date/date.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace fs = std::filesystem;

namespace {

constexpr auto description = R"(Which channel sourced the sales pipeline?

Shares every opportunity out among the marketing and sales touchpoints of its account,
by seven models side by side, and writes the totals by channel and by sales segment.
)";

constexpr auto about_files =
    R"(Reads de_hw_opportunity_data.csv, de_hw_contact_data.csv, de_hw_marketing_data.csv and
de_hw_sales_outreach_data.csv. Writes {first_touch,last_touch,linear,position_based,
time_decay,markov,shapley}_by_channel.csv and _by_segment_and_channel.csv,
opportunity_touchpoints.csv, unattributed.csv, audit.csv, validation.csv and
reconciliation.csv, with --spend also returns_by_channel.csv; all of them, or none if
anything is wrong.

markov and shapley are learned from the paths of the accounts that became an
opportunity and of those that did not; where nothing can be learned they are left out.

audit.csv says of every touchpoint what it earned by the linear model, or why it earned
nothing. validation.csv counts the rows that break a rule; of touchpoints it gives
lines of audit.csv, of others lines of their own file. reconciliation.csv proves for
every model and segment that the amounts are credited or unattributed, to the last
digit.

The file of --spend has the columns channel, period and spend. A period is the month of
the touchpoints that the money paid for, as 2024-05 (UTC): returns_by_channel.csv sets
it against what they earned by the linear model, whenever their opportunities were
created. Costs that earned nothing and earnings that cost nothing have lines too;
ratios to a spend of nothing are undefined. The last line, without channel, is what
nobody earned.

--against DIR, the --out of an earlier run, adds restatement.csv (by model, channel and
reason why amounts are not those of DIR; they add up to the difference) and
restated_by_channel.csv.

Without --data, the program invents sample data with faults of every kind, and leaves
it in sample-data below the results; it uses the spend there unless told otherwise.

Times are as in ISO 8601: 2024-05-01T10:00:00Z, with parts of a second or an offset like
+05:30; one without either is taken for UTC, and reported. Amounts have up to 9 decimals
and are exact; from 576 million in all, they have fewer decimals, and it is reported which
were rounded. Spend of a channel that no touchpoint has is reported, too.
Rows that repeat an id are reported, and count like any other.

)";

constexpr auto usage = R"(
Examples:
  pipeline
  pipeline --data exports --out results --database results/pipeline.sqlite
  pipeline --data exports --lookback-days 30 --json | jq '.models[].total')";

void run(examples::command_line& command) {
    examples::report_options common{.out = "out/pipeline"};
    fs::path spend_file;
    int lookback_days = 90;
    std::string amounts = "exact";

    auto& options = command.options;
    options.name("pipeline");
    options.description(description);
    options.footer(about_files + examples::help_on_inputs() + '\n' +
                   std::string{examples::help_on_outputs()} + usage);
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
    examples::add_interval_option(options, common);
    examples::add_against_option(options, common);
    command.parse();
    examples::check_report_options(common);
    if (!common.against.empty() && amounts != "exact")
        throw CLI::ValidationError{"--against", "compares exact amounts: leave out --amounts"};

    examples::progress step{"pipeline", common.quiet};
    std::optional<examples::earlier_run> run;
    if (!common.against.empty())
        run = pipeline::earlier_run_in(common.against);
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
    std::optional<pipeline::earlier_records> earlier;
    if (run)
        earlier = pipeline::load_earlier(*std::move(run), records);
    step.at("attributing opportunities");
    examples::output_directory results{common.out};
    auto written = pipeline::write_report(records, date::days{lookback_days},
                                          amounts == "exact" ? pipeline::amounts::exact
                                                             : pipeline::amounts::float32,
                                          common.intervals, earlier ? &*earlier : nullptr, results);
    written.report.inputs = examples::describe_inputs(inputs);
    examples::finish_report(written.report, written.summary, written.files, common, results, step);
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
