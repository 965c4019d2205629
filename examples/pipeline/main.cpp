// SPDX-License-Identifier: BSL-1.0
#include <pipeline/report.hpp>

#include <support/run_report.hpp>

namespace {

void add_options(CLI::App& options, pipeline::settings& asked) {
    options.add_option("--spend", asked.spend, "What the channels cost, see below")
        ->option_text("FILE")
        ->group("Input and output");
    options
        .add_option("--lookback-days", asked.lookback_days,
                    "How long a touchpoint counts, in days of 24 hours")
        ->option_text("N=90")
        ->check(CLI::Range(0, 36'500))
        ->group("Attribution");
    examples::add_choice(options, "--amounts", asked.amounts, {"exact", "float32"},
                         "Exact decimals, or 32-bit floats as in the published report");
}

void understand(examples::report_options const& common, pipeline::settings& asked) {
    if (common.against.empty())
        return;
    if (!asked.exact())
        throw CLI::ValidationError{"--against", "compares exact amounts: leave out --amounts"};
    asked.against = examples::earlier_run{common.against,
                                          {.program = "pipeline",
                                           .pairs = "opportunity_touchpoints.csv",
                                           .conversion_key = "account_id",
                                           .touchpoint_key = "account_id",
                                           .option = "--amounts exact"}};
}

}  // namespace

int main(int argc, char** argv) {
    pipeline::settings asked;
    return examples::run_report(
        argc, argv,
        {.name = "pipeline",
         .help = examples::help_text,
         .working = "attributing opportunities",
         .sample = [] { return examples::pipeline_sample().files; },
         .add_options = [&](CLI::App& options) { add_options(options, asked); },
         .has_against = true,
         .understand = [&](auto const& common) { understand(common, asked); }},
        [&](auto const& common) {
            auto const own_spend = common.sampled && asked.spend.empty();
            return pipeline::load(common.data,
                                  own_spend ? common.data / "de_hw_spend_data.csv" : asked.spend,
                                  common.input);
        },
        [&](auto const& data, auto const& common, auto& out) {
            return pipeline::write_report(data, asked, common.intervals, out);
        });
}
