// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/records.hpp>
#include <goodpulse/report.hpp>
#include <goodpulse/sample.hpp>

#include <support/csv.hpp>
#include <support/parse_day.hpp>
#include <support/reading.hpp>
#include <support/run_report.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// What an option says, by the rules for fields of files.
template <class Parse>
auto option_value(std::string const& option, std::string_view text, Parse parse) {
    try {
        return parse(examples::csv_field{text, {"the value"}});
    } catch (examples::input_error const& error) {
        throw CLI::ValidationError{option, error.what()};
    }
}

std::vector<std::int64_t> two_borders(std::string const& option, std::string const& said,
                                      int decimals) {
    std::vector<std::int64_t> borders;
    if (said.empty())
        return borders;
    auto const texts = examples::parts_of(said, ",");
    if (texts.size() != 2)
        throw CLI::ValidationError{
            option,
            fmt::format("takes two borders with a comma between them, like 90,180; {} has {}",
                        examples::in_quotes(said), texts.size())};
    for (auto const text : texts)
        borders.push_back(option_value(option, text, [&](examples::csv_field const& field) {
            return decimals == 0 ? examples::count(field) : examples::decimal(field, decimals);
        }));
    if (!std::ranges::is_sorted(borders))
        throw CLI::ValidationError{option, "the second border is below the first"};
    return borders;
}

/// What is said on the command line.
struct said {
    std::string lifecycle, value, recency = "90,180", joins = "per-order", analysis_date;
};

void add_options(CLI::App& options, said& all) {
    auto const borders = [&](std::string const& name, std::string& into, std::string const& what,
                             std::string const& text) {
        examples::add_value(options, name, into, text, what, "Customers");
    };
    borders("--lifecycle-days", all.lifecycle, "Active up to A days, at risk up to B", "A,B");
    borders("--value-thresholds", all.value, "Low value below X, high value from Y", "X,Y");
    borders("--recency-days", all.recency, "Recent up to A days, aging up to B", "A,B=90,180");
    examples::add_choice(options, "--joins", all.joins, {"per-order", "published"},
                         "An order counts once, or once for each review", "Customers");
    examples::add_value(options, "--analysis-date", all.analysis_date, "DATE",
                        "From which days are counted back; default: the last delivered purchase",
                        "Customers");
}

goodpulse::assumptions understood(said const& all, bool intervals) {
    goodpulse::assumptions assumed{.lifecycle_days =
                                       two_borders("--lifecycle-days", all.lifecycle, 0),
                                   .value_cents = two_borders("--value-thresholds", all.value, 2),
                                   .recency_days = two_borders("--recency-days", all.recency, 0),
                                   .joined_to_reviews = all.joins == "published",
                                   .intervals = intervals};
    if (!all.analysis_date.empty())
        assumed.analysis_date =
            option_value("--analysis-date", all.analysis_date, examples::day_of);
    return assumed;
}

}  // namespace

int main(int argc, char** argv) {
    said asked;
    goodpulse::assumptions assumed;
    return examples::run_report(
        argc, argv,
        {.name = "goodpulse",
         .working = "counting customers",
         .sample = [] { return goodpulse::sample().files; },
         .add_options = [&](CLI::App& options) { add_options(options, asked); },
         .understand = [&](auto const& common) { assumed = understood(asked, common.intervals); }},
        [](auto const& common) { return goodpulse::load(common.data, common.input); },
        [&](auto const& data, auto const&, auto& out) {
            try {
                return goodpulse::write_report(data, assumed, out);
            } catch (goodpulse::early_analysis_date const& error) {
                throw CLI::ValidationError{"--analysis-date", error.what()};
            }
        });
}
