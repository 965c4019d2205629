// SPDX-License-Identifier: BSL-1.0
#include <customer_success/count_trees.hpp>
#include <customer_success/records.hpp>
#include <customer_success/report.hpp>
#include <customer_success/sample.hpp>

#include <support/output.hpp>
#include <support/program.hpp>
#include <support/report_program.hpp>
#include <support/terminal.hpp>

#include <date/tz.h>
#include <fmt/format.h>

#include <exception>
#include <string>

namespace {

constexpr auto description =
    "Who carries how much, who takes the next client, and who concluded the deals?\n"
    "\n"
    "Predicts how much work a deal will be, scores the portfolios of customer success\n"
    "specialists, routes new clients, counts what was done by month, and credits concluded\n"
    "deals to those who worked on them.\n";

std::string more() {
    return "Reads deals_base.csv, emails.csv, activities.csv, cs_skills.csv and new_clients.csv,\n"
           "and checks its counts against interactions.csv (deal_id,interactions) and\n"
           "crm_report.csv (cs_name,month,emails_sent,activities_completed,deals_concluded), if\n"
           "they are there. Writes portfolio.csv, portfolio_at_month_ends.csv, deal_scores.csv,\n"
           "bands.csv, top_clients.csv, assignments.csv, assignment_reasons.csv,\n"
           "portfolio_after.csv, cs_ranking.csv, cs_monthly.csv, cs_performance.csv,\n"
           "cross_validation.csv, cross_validation_mean.csv, importance.csv, coefficients.csv,\n"
           "fit.csv, boosted_predictions.csv, credit_by_cs.csv, audit.csv, validation.csv and\n"
           "reconciliation.csv; all of them, or none if anything is wrong.\n"
           "\n"
           "Without --data, the program invents sample data with faults of every kind, and leaves\n"
           "it in sample-data below the results.\n"
           "\n"
           "The first row of an id counts. A deal is concluded if it was completed and came "
           "further\n"
           "than New Clients. The expected work is the number of emails and activities, by the "
           "model\n"
           "that told deals best whose end lay in the future: mean, Poisson or negative "
           "binomial\n" +
           std::string{customer_success::count_trees::available()
                           ? "regression, boosted trees or a forest (XGBoost).\n"
                           : "regression (this program was built without XGBoost's trees).\n"} +
           "A deal scores 0.7 times its band of expected work, 1 to 5, and 0.3 times its number "
           "of\n"
           "applicants. A client goes to the least portfolio among those with language and scope.\n"
           "\n" +
           examples::help_on_inputs() + '\n' + std::string{examples::help_on_outputs()} +
           "\n"
           "Examples:\n"
           "  customer_success\n"
           "  customer_success --data exports --out results --time-zone America/Sao_Paulo\n"
           "  customer_success --data exports --deal-value fee --json | jq '.key_figures'";
}

date::time_zone const* zone_named(std::string const& name) {
    try {
        return date::locate_zone(name);
    } catch (std::exception const&) {
        throw CLI::ValidationError{
            "--time-zone",
            fmt::format("there is no time zone {}, name one like America/Sao_Paulo", name)};
    }
}

void run(examples::command_line& command) {
    examples::report_options common{.out = "out/customer_success"};
    std::string zone = "UTC";
    std::string value = "one";
    bool without_forest = false;

    auto& options = command.options;
    options.name("customer_success");
    options.description(description);
    options.footer(more());
    examples::add_report_options(options, common);
    options.add_option("--time-zone", zone, "In which the months of emails and activities begin")
        ->option_text("ZONE=UTC")
        ->group("Performance");
    options.add_option("--deal-value", value, "What a concluded deal counts for")
        ->option_text("one|fee")
        ->check(CLI::IsMember({"one", "fee"}))
        ->group("Attribution");
    options.add_flag("--no-forest", without_forest, "Do not try the forest, which takes longest")
        ->group("Prediction");
    examples::add_interval_option(options, common);
    command.parse();
    examples::check_report_options(common);

    using namespace customer_success;
    auto const asked = settings{.zone = zone_named(zone),
                                .value = value == "fee" ? deal_value::fee : deal_value::one,
                                .with_forest = !without_forest,
                                .intervals = common.intervals};
    examples::progress step{"customer_success", common.quiet};
    if (common.data.empty())
        common.data = examples::write_sample(common.out, customer_success_sample().files);
    step.at("reading " + common.data.string());
    auto const records = load(common.data, common.input);
    step.at("predicting, routing and crediting");
    examples::output_directory results{common.out};
    auto written = write_report(records, asked, results);
    written.report.inputs = examples::describe_inputs(input_files(common.data));
    examples::finish_report(written.report, written.summary, written.files, common, results, step);
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
