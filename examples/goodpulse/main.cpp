// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/records.hpp>
#include <goodpulse/report.hpp>
#include <goodpulse/sample.hpp>

#include <support/csv.hpp>
#include <support/output.hpp>
#include <support/parse_day.hpp>
#include <support/program.hpp>
#include <support/report_program.hpp>
#include <support/sample_data.hpp>
#include <support/terminal.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr auto description =
    "Who comes back, what is it worth, and what did acquisition earn?\n"
    "\n"
    "Groups the customers of a marketplace by how often, how lately and for how much they bought,\n"
    "follows cohorts, sets scores against delivery times, and credits the leads that brought the\n"
    "sellers: by seller, and by date alone as a published report did.\n";

std::string more() {
    return "Reads, by Kaggle's names, olist_orders_dataset.csv, olist_customers_dataset.csv,\n"
           "olist_order_payments_dataset.csv and olist_order_reviews_dataset.csv; if they are "
           "there,\n"
           "also olist_order_items_dataset.csv, olist_marketing_qualified_leads_dataset.csv and\n"
           "olist_closed_deals_dataset.csv. Writes a CSV file for each table of the report,\n"
           "validation.csv, and what became of every lead in audit.csv and reconciliation.csv; "
           "all\n"
           "of them, or none if anything is wrong.\n"
           "\n"
           "Delivered orders count. The value of one is the sum of its payments; with --joins\n"
           "published it counts once for each of its reviews, as in the published report. Days "
           "are\n"
           "those of the calendar of the files. A customer is active up to the first of the\n"
           "--lifecycle-days since the last purchase, at risk up to the second, dormant later; of\n"
           "high value from the second of the --value-thresholds, of low value below the first.\n"
           "Borders that are not given are terciles of days and the first and the last quintile "
           "of\n"
           "revenue, by nearest rank.\n"
           "\n"
           "Without --data, the program invents sample data with faults of every kind, and leaves\n"
           "it in sample-data below the results.\n"
           "\n" +
           examples::help_on_inputs() + '\n' + std::string{examples::help_on_outputs()} +
           "\n"
           "Examples:\n"
           "  goodpulse\n"
           "  goodpulse --data olist --out results --database results/goodpulse.sqlite\n"
           "  goodpulse --data olist --lifecycle-days 147,281 --value-thresholds 55.58,204.07";
}

/// What an option says, by the rules for fields of files.
template <class Parse>
auto option_value(std::string const& option, std::string_view text, Parse parse) {
    try {
        return parse(examples::csv_field{text, {"the value"}});
    } catch (examples::input_error const& error) {
        throw CLI::ValidationError{option, error.what()};
    }
}

std::vector<std::int64_t> two_borders(std::string const& option,
                                      std::vector<std::string> const& texts, int decimals) {
    std::vector<std::int64_t> borders;
    for (auto const& text : texts)
        borders.push_back(option_value(option, text, [&](examples::csv_field const& field) {
            return decimals == 0 ? examples::count(field) : examples::decimal(field, decimals);
        }));
    if (!std::ranges::is_sorted(borders))
        throw CLI::ValidationError{option, "the second border is below the first"};
    return borders;
}

void run(examples::command_line& command) {
    examples::report_options common{.out = "out/goodpulse"};
    std::vector<std::string> lifecycle, value, recency{"90", "180"};
    std::string joins = "per-order", analysis_date;

    auto& options = command.options;
    options.name("goodpulse");
    options.description(description);
    options.footer(more());
    examples::add_report_options(options, common);
    auto const borders = [&](std::string const& name, std::vector<std::string>& into,
                             std::string const& what, std::string const& text) {
        options.add_option(name, into, what)
            ->option_text(text)
            ->delimiter(',')
            ->expected(2)
            ->group("Customers");
    };
    borders("--lifecycle-days", lifecycle, "Active up to A days, at risk up to B", "A,B");
    borders("--value-thresholds", value, "Low value below X, high value from Y", "X,Y");
    borders("--recency-days", recency, "Recent up to A days, aging up to B", "A,B=90,180");
    options.add_option("--joins", joins, "An order counts once, or once for each review")
        ->option_text("per-order|published")
        ->check(CLI::IsMember({"per-order", "published"}))
        ->group("Customers");
    options
        .add_option("--analysis-date", analysis_date,
                    "From which days are counted back; default: the last delivered purchase")
        ->option_text("DATE")
        ->group("Customers");
    examples::add_interval_option(options, common);
    command.parse();
    examples::check_report_options(common);
    goodpulse::assumptions assumed{.lifecycle_days = two_borders("--lifecycle-days", lifecycle, 0),
                                   .value_cents = two_borders("--value-thresholds", value, 2),
                                   .recency_days = two_borders("--recency-days", recency, 0),
                                   .joined_to_reviews = joins == "published",
                                   .intervals = common.intervals};
    if (!analysis_date.empty())
        assumed.analysis_date = option_value("--analysis-date", analysis_date, examples::day_of);

    examples::progress step{"goodpulse", common.quiet};
    if (common.data.empty())
        common.data = examples::write_sample(common.out, goodpulse::sample().files);
    step.at("reading " + common.data.string());
    auto const records = goodpulse::load(common.data, common.input);
    step.at("counting customers");
    examples::output_directory results{common.out};
    auto written = [&] {
        try {
            return goodpulse::write_report(records, assumed, results);
        } catch (goodpulse::early_analysis_date const& error) {
            throw CLI::ValidationError{"--analysis-date", error.what()};
        }
    }();
    written.report.inputs = examples::describe_inputs(records.files);
    examples::finish_report(written.report, written.summary, written.files, common, results, step);
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, run);
}
