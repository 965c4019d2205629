// SPDX-License-Identifier: BSL-1.0
#include <pipeline/report.hpp>

namespace {

void add_options(CLI::App& options, pipeline::settings& asked) {
    examples::add_value(options, "--spend", asked.spend, "FILE",
                        "What the channels cost, see below", "Input and output");
    examples::add_value(options, "--lookback-days", asked.lookback_days, "N=90",
                        "How long a touchpoint counts, in days of 24 hours")
        ->check(CLI::Range(0, 36'500));
    examples::add_choice(options, "--amounts", asked.amounts, {"exact", "float32"},
                         "Exact decimals, or 32-bit floats as in the published report");
}

void understand(examples::report_options const& common, pipeline::settings const& asked) {
    if (!common.against.empty() && !asked.exact())
        throw CLI::ValidationError{"--against", "compares exact amounts: leave out --amounts"};
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
         .against = examples::run_layout{.pairs = "opportunity_touchpoints.csv",
                                         .conversion_key = "account_id",
                                         .touchpoint_key = "account_id",
                                         .option = "--amounts exact"},
         .understand = [&](auto const& common) { understand(common, asked); }},
        [&](auto const& common) {
            auto const own_spend = common.sampled && asked.spend.empty();
            return pipeline::load(common.data,
                                  own_spend ? common.data / "de_hw_spend_data.csv" : asked.spend,
                                  common.input);
        },
        [&](auto const& data, auto const& common, auto& out) {
            return pipeline::write_report(data, asked, common, out);
        });
}
