// SPDX-License-Identifier: BSL-1.0
#include <cluster/partials.hpp>
#include <cluster/rows.hpp>

#include <support/base64.hpp>
#include <support/csv.hpp>
#include <support/output.hpp>
#include <support/program.hpp>

#include <attribution/wire/about_partial.hpp>
#include <attribution/wire/partial_error.hpp>
#include <attribution/wire/partition_of.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr auto description =
    "Attributes a part of the data, for engines that split and schedule.\n"
    "\n"
    "A filter: rows of whole customers on standard input, results on standard output.\n";

constexpr auto more =
    "\n"
    "Rows are lines of columns between tabs, in any order, and an end row that says how many:\n"
    "  touch CUSTOMER TIME ROW CHANNEL\n"
    "  sale  CUSTOMER TIME ROW SEGMENT AMOUNT\n"
    "  end   ROWS\n"
    "Times are seconds since 1970, ROW numbers the touches and the sales of all parts, amounts "
    "are\n"
    "whole units. \\N is a missing customer; tab, line feed, carriage return and backslash in "
    "texts\n"
    "are written \\t, \\n, \\r and \\\\. All rows of a customer belong to one part.\n"
    "\n"
    "Partial results are one line of base64 each. merge adds them up, in any order; report makes\n"
    "CSV of what attribute gave. learn gives two lines; the merged two of all parts are what\n"
    "attribute --learned takes. split deals rows out to files by the hash of the customer.\n"
    "\n"
    "Exit status: 0; 2 for wrong options or input, which will fail again; 1 for all else, which\n"
    "may be tried again. Input that ends early is an error, never a smaller result.";

constexpr std::string_view standard_input = "standard input";

/// The bytes of every line of base64.
std::vector<std::string> read_partials(std::istream& in, std::string_view name) {
    std::vector<std::string> partials;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.empty())
            continue;
        auto bytes = examples::from_base64(line);
        if (!bytes)
            throw examples::input_error{{name, number}, "this is no line of base64"};
        try {
            (void)attribution::about_partial(*bytes);
        } catch (attribution::partial_error const& error) {
            throw examples::input_error{{name, number}, error.what()};
        }
        partials.push_back(*std::move(bytes));
    }
    return partials;
}

std::vector<std::string> read_partials(std::filesystem::path const& file) {
    auto in = std::ifstream{file};
    if (!in)
        throw examples::input_error{{file.native()}, "cannot be opened"};
    auto partials = read_partials(in, file.native());
    if (partials.empty())
        throw examples::input_error{{file.native()}, "holds no partial result"};
    return partials;
}

void print(std::vector<std::string> const& partials) {
    for (auto const& bytes : partials)
        std::cout << examples::base64(bytes) << '\n';
}

/// How many results of each kind are there: all kinds must have come from every part.
void check_parts(std::vector<std::string> const& partials, std::size_t kinds, std::size_t parts) {
    if (parts != 0 && partials.size() != parts * kinds)
        throw examples::input_error{
            {standard_input},
            fmt::format("there are {} partial results of {} kinds, {} parts should have given {}",
                        partials.size(), kinds, parts, parts * kinds)};
}

/// Deals whole lines out, each file with an end of its own.
void split(std::filesystem::path const& directory, std::size_t parts) {
    examples::output_directory out{directory};
    std::vector<examples::output_file*> files;
    for (std::size_t part = 0; part < parts; ++part)
        files.push_back(&out.file(fmt::format("part-{:05}.rows", part)));
    std::vector<std::size_t> rows(parts, 0);
    std::string line;
    std::size_t number = 0;
    std::size_t all = 0;
    bool ended = false;
    while (std::getline(std::cin, line)) {
        examples::position const where{standard_input, ++number};
        if (ended)
            throw examples::input_error{where, "there are rows after the end"};
        ended = line == cluster::end_line(all);
        if (ended)
            continue;
        cluster::partition checked;
        cluster::add_line(checked, line, standard_input, number);
        auto const part = attribution::partition_of(cluster::customer_of(line), parts);
        files[part]->write(line + '\n');
        ++rows[part];
        ++all;
    }
    if (!ended)
        throw examples::input_error{{standard_input, number},
                                    "the input ends without an end row: it was cut off"};
    for (std::size_t part = 0; part < parts; ++part)
        files[part]->write(cluster::end_line(rows[part]) + '\n');
    out.commit();
}

void run(examples::command_line& command) {
    cluster::settings how;
    int lookback = 90;
    int half_life = 7;
    std::int64_t until = 0;
    std::filesystem::path learned_file;
    std::filesystem::path out;
    std::string model = "linear";
    std::size_t parts = 0;

    auto& options = command.options;
    options.name("attribution_worker");
    options.description(description);
    options.footer(more);
    options.require_subcommand(1);
    auto const days = CLI::Range(0, 36'500);
    auto const with_lookback = [&](CLI::App* step) {
        step->add_option("--lookback-days", lookback,
                         "How long a touch counts, in days of 24 hours (90)")
            ->check(days);
        return step;
    };
    auto* const learn = with_lookback(
        options.add_subcommand("learn", "rows -> what Markov and Shapley learn from them"));
    learn->add_option("--until", until, "The latest time of all parts, in seconds since 1970")
        ->required();
    auto* const attribute = with_lookback(
        options.add_subcommand("attribute", "rows -> credits by segment and channel, added up"));
    attribute->add_option("--half-life-days", half_life, "Of time decay (7)")
        ->check(CLI::Range(1, 36'500));
    attribute->add_option("--learned", learned_file,
                          "File with the two merged results of learn; without it, rules only");
    auto* const credits =
        with_lookback(options.add_subcommand("credits", "rows -> one line for every credit"));
    credits->add_option("--model", model, "Which rule (linear)")
        ->check(
            CLI::IsMember({"first_touch", "last_touch", "linear", "position_based", "time_decay"}));
    credits->add_option("--half-life-days", half_life, "Of time decay (7)")
        ->check(CLI::Range(1, 36'500));
    auto* const merge = options.add_subcommand("merge", "partial results -> their sum");
    merge->add_option("--parts", parts, "How many parts must have given their results");
    auto* const report = options.add_subcommand("report", "merged credits -> CSV");
    auto* const deal = options.add_subcommand("split", "rows -> files of rows, one for each part");
    deal->add_option("--parts", parts, "How many")->required()->check(CLI::Range(1, 1'000));
    deal->add_option("--out", out, "Directory of the files")->required();
    command.parse();

    std::ios::sync_with_stdio(false);
    how.lookback = date::days{lookback};
    how.half_life = date::days{half_life};
    if (learn->parsed()) {
        print(cluster::learn(cluster::read_rows(std::cin, standard_input), how,
                             date::sys_seconds{std::chrono::seconds{until}}));
    } else if (attribute->parsed()) {
        auto const learned =
            learned_file.empty() ? std::vector<std::string>{} : read_partials(learned_file);
        print({cluster::attribute(cluster::read_rows(std::cin, standard_input), how, learned)});
    } else if (credits->parsed()) {
        std::size_t lines = 0;
        cluster::credits(cluster::read_rows(std::cin, standard_input), how, model,
                         [&](std::string const& line) {
                             std::cout << line << '\n';
                             ++lines;
                         });
        std::cout << cluster::end_line(lines) << '\n';
    } else if (merge->parsed()) {
        auto const partials = read_partials(std::cin, standard_input);
        auto const merged = cluster::merge(partials);
        if (merged.empty())
            throw examples::input_error{{standard_input}, "there is no partial result"};
        check_parts(partials, merged.size(), parts);
        print(merged);
    } else if (report->parsed()) {
        auto const partials = read_partials(std::cin, standard_input);
        if (partials.size() != 1)
            throw examples::input_error{
                {standard_input},
                fmt::format("report needs one partial result, not {}; merge them first",
                            partials.size())};
        std::cout << cluster::report(partials.front());
    } else if (deal->parsed()) {
        split(out, parts);
    }
}

}  // namespace

int main(int argc, char** argv) {
    return examples::run_program(argc, argv, [](examples::command_line& command) {
        try {
            run(command);
        } catch (attribution::partial_error const& error) {
            throw examples::input_error{{standard_input}, error.what()};
        }
    });
}
