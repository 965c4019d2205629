// SPDX-License-Identifier: BSL-1.0
#include <pipeline/report.hpp>

#include <support/run_report.hpp>

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

void add_options(CLI::App& options, pipeline::settings& asked) {
    options.add_option("--spend", asked.spend, "What the channels cost, see below")
        ->option_text("FILE")
        ->group("Input and output");
    options
        .add_option_function<int>(
            "--lookback-days", [&](int days) { asked.lookback = date::days{days}; },
            "How long a touchpoint counts, in days of 24 hours")
        ->option_text("N=90")
        ->check(CLI::Range(0, 36'500))
        ->group("Attribution");
    options
        .add_option_function<std::string>(
            "--amounts", [&](std::string const& kind) { asked.exact_amounts = kind == "exact"; },
            "Exact decimals, or 32-bit floats as in the published report")
        ->option_text("exact|float32")
        ->check(CLI::IsMember({"exact", "float32"}))
        ->group("Attribution");
}

void understand(examples::report_options const& common, pipeline::settings& asked) {
    if (common.against.empty())
        return;
    if (!asked.exact_amounts)
        throw CLI::ValidationError{"--against", "compares exact amounts: leave out --amounts"};
    asked.against = pipeline::earlier_run_in(common.against);
}

}  // namespace

int main(int argc, char** argv) {
    pipeline::settings asked;
    return examples::run_report(
        argc, argv,
        {.name = "pipeline",
         .description = description,
         .about = about_files,
         .usage = usage,
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
