// SPDX-License-Identifier: BSL-1.0
#include <krispcall/records.hpp>
#include <krispcall/report.hpp>

#include <support/output.hpp>
#include <support/program.hpp>
#include <support/report_program.hpp>
#include <support/sample_data.hpp>
#include <support/terminal.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace {

constexpr auto description =
    "Which integration platform brings the revenue?\n"
    "\n"
    "Shares the net revenue of every account out among the platforms that its users connected,\n"
    "by first touch and a chosen model, and among those they used, by usage.\n";

std::string more() {
    return "Reads final_workspace_data.csv, final_payment_refund_data.csv,\n"
           "final_integration_data.csv and final_calls_sms_detailed_data.csv. Writes\n"
           "first_touch_attribution.csv, usage_based_attribution.csv, chosen_attribution.csv,\n"
           "audit.csv, validation.csv and reconciliation.csv; all of them, or none if anything is\n"
           "wrong.\n"
           "\n"
           "audit.csv says of every call and message (touchpoint: usage) what it earned by usage,\n"
           "and of every connect what it earned by the chosen model, or why they earned nothing; "
           "a\n"
           "line is that of its file. validation.csv counts the rows that break a rule and names\n"
           "the first lines. reconciliation.csv proves for every table and account that its "
           "revenue\n"
           "is credited or unattributed, to 6 decimals; the tables are rounded after that.\n"
           "\n"
           "Without --data, the program invents sample data with faults of every kind, and leaves\n"
           "it in sample-data below the results.\n"
           "\n"
           "Usage counts from an account's first payment to its first refund, both included, "
           "while\n"
           "its user has the platform connected; web and mobile always are. Equal rows all count.\n"
           "\n"
           "A refund is taken off whatever its sign. Members are separated by commas or\n"
           "semicolons; spaces around them are not theirs, and an empty one is nobody.\n"
           "\n" +
           examples::help_on_inputs() +
           "\n"
           "  --report summary     chosen model: position-based (two platforms: 60/40, more:\n"
           "                       40/20/40); a segment weighs 1 second\n"
           "  --report assignment  chosen model: linear; a segment weighs 60 seconds\n"
           "  --rounding exact     the cents of each table add up to the revenue\n"
           "  --rounding published every platform is rounded by itself, as in the published "
           "tables\n"
           "\n" +
           std::string{examples::help_on_outputs()} +
           "\n"
           "Examples:\n"
           "  krispcall\n"
           "  krispcall --data exports --out results --database results/revenue.sqlite\n"
           "  krispcall --data exports --json | jq '.models[].total'";
}

void run(examples::command_line& command) {
    examples::report_options common{.out = "out/krispcall"};
    std::string report = "summary";
    std::optional<int> segment_seconds;
    std::string rounding = "exact";

    auto& options = command.options;
    options.name("krispcall");
    options.description(description);
    options.footer(more());
    examples::add_report_options(options, common);
    options.add_option("--report", report, "Which report, see below")
        ->option_text("summary|assignment")
        ->check(CLI::IsMember({"summary", "assignment"}))
        ->group("Attribution");
    options
        .add_option("--segment-seconds", segment_seconds,
                    "Weight of a segment of a message, in seconds of calls")
        ->option_text("S")
        ->check(CLI::Range(0, 86'400))
        ->group("Attribution");
    options.add_option("--rounding", rounding, "How tables are rounded to cents, see below")
        ->option_text("exact|published")
        ->check(CLI::IsMember({"exact", "published"}))
        ->group("Attribution");
    examples::add_interval_option(options, common);
    command.parse();
    examples::check_report_options(common);

    using krispcall::report_kind;
    auto const kind = report == "summary" ? report_kind::summary : report_kind::assignment;
    auto const asked = krispcall::settings{
        .report = kind,
        .segment =
            std::chrono::seconds{segment_seconds.value_or(kind == report_kind::summary ? 1 : 60)},
        .cents = rounding == "exact" ? krispcall::rounding::exact : krispcall::rounding::published,
        .intervals = common.intervals};

    examples::progress step{"krispcall", common.quiet};
    if (common.data.empty())
        common.data = examples::write_sample(common.out, examples::krispcall_sample().files);
    step.at("reading " + common.data.string());
    auto const records = krispcall::load(common.data, common.input);
    step.at("attributing revenue");
    examples::output_directory results{common.out};
    auto written = krispcall::write_report(records, asked, results);
    written.report.inputs = examples::describe_inputs(krispcall::input_files(common.data));
    examples::finish_report(written.report, written.summary, written.files, common, results, step);
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
