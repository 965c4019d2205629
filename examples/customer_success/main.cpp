// SPDX-License-Identifier: BSL-1.0
#include <customer_success/count_trees.hpp>
#include <customer_success/records.hpp>
#include <customer_success/report.hpp>
#include <customer_success/sample.hpp>

#include <support/run_report.hpp>

#include <date/tz.h>
#include <fmt/format.h>

#include <exception>
#include <string>

namespace {

auto const* const trees = customer_success::count_trees::available()
                              ? "regression, boosted trees or a forest (XGBoost).\n"
                              : "regression (this program was built without XGBoost's trees).\n";

date::time_zone const* zone_named(std::string const& name) {
    try {
        return date::locate_zone(name);
    } catch (std::exception const&) {
        throw CLI::ValidationError{
            "--time-zone",
            fmt::format("there is no time zone {}, name one like America/Sao_Paulo", name)};
    }
}

/// What is said on the command line.
struct said {
    std::string zone = "UTC", value = "one";
    bool without_forest = false;
};

void add_options(CLI::App& options, said& all) {
    examples::add_value(options, "--time-zone", all.zone, "ZONE=UTC",
                        "In which the months of emails and activities begin", "Performance");
    examples::add_choice(options, "--deal-value", all.value, {"one", "fee"},
                         "What a concluded deal counts for");
    options
        .add_flag("--no-forest", all.without_forest, "Do not try the forest, which takes longest")
        ->group("Prediction");
}

}  // namespace

int main(int argc, char** argv) {
    using namespace customer_success;
    said asked;
    settings understood;
    auto const help = examples::filled(std::string{examples::help_text}, "{trees}\n", trees);
    return examples::run_report(
        argc, argv,
        {.name = "customer_success",
         .help = help,
         .working = "predicting, routing and crediting",
         .sample = [] { return customer_success_sample().files; },
         .add_options = [&](CLI::App& options) { add_options(options, asked); },
         .understand =
             [&](auto const& common) {
                 understood = {.zone = zone_named(asked.zone),
                               .value = asked.value == "fee" ? deal_value::fee : deal_value::one,
                               .with_forest = !asked.without_forest,
                               .intervals = common.intervals};
             }},
        [](auto const& common) { return load(common.data, common.input); },
        [&](auto const& data, auto const&, auto& out) {
            return write_report(data, understood, out);
        });
}
