// SPDX-License-Identifier: BSL-1.0
#include <cluster/counts.hpp>
#include <cluster/deal.hpp>
#include <cluster/partials.hpp>
#include <cluster/rows.hpp>

#include <support/base64.hpp>
#include <support/csv.hpp>
#include <support/program.hpp>

#include <attribution/wire/about_partial.hpp>
#include <attribution/wire/partial_error.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
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
    "attribute --learned takes. split deals rows out to files by the hash of the customer; count\n"
    "sees that they are where they belong.\n"
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

/// What split is given; without files, rows on standard input.
struct split_input {
    std::filesystem::path rows, touchpoints, conversions;
    std::optional<cluster::byte_range> range;
    cluster::table_columns columns;
    std::uint64_t first_row = 0;
};

void split(split_input const& given, std::filesystem::path const& out, std::size_t parts) {
    cluster::dealer to{out, parts};
    std::optional<std::uint64_t> end;
    auto const tables = !given.touchpoints.empty() || !given.conversions.empty();
    if (given.range) {
        end = cluster::deal_rows(given.rows, *given.range, to);
    } else if (!given.rows.empty()) {
        auto in = cluster::opened(given.rows);
        cluster::deal_rows(in, given.rows.native(), to);
    } else if (!tables) {
        cluster::deal_rows(std::cin, standard_input, to);
    }
    if (!given.touchpoints.empty())
        cluster::deal_touchpoints(given.touchpoints, given.columns, given.first_row, to);
    if (!given.conversions.empty())
        cluster::deal_conversions(given.conversions, given.columns, given.first_row, to);
    auto const rows = to.commit();
    if (given.range)
        examples::print_result(
            fmt::format("{}\t{}\n", rows, end ? fmt::format("{}", *end) : "\\N"));
    else if (tables)
        examples::print_result(fmt::format("{}\t\\N\n", rows));
}

cluster::partition rows_of(std::vector<std::filesystem::path> const& files) {
    return files.empty() ? cluster::read_rows(std::cin, standard_input) : cluster::read_rows(files);
}

void run(examples::command_line& command) {
    cluster::settings how;
    int lookback = 90;
    int half_life = 7;
    std::int64_t until = 0;
    std::filesystem::path learned_file;
    std::filesystem::path out;
    std::vector<std::filesystem::path> files;
    split_input to_split;
    cluster::byte_range range;
    std::optional<std::size_t> part;
    std::string model = "linear";
    std::size_t parts = 0;

    auto& options = command.options;
    options.name("attribution_worker");
    options.description(description);
    options.footer(more);
    options.require_subcommand(1);
    auto const days = CLI::Range(0, 36'500);
    auto const with_files = [&](CLI::App* step) {
        return step->add_option("files", files,
                                "Files of rows; without them, rows on standard input");
    };
    auto const with_lookback = [&](CLI::App* step) {
        with_files(step);
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
    auto* const count = options.add_subcommand(
        "count", "files of rows -> rows, customers, rows without one, latest time, most rows of a "
                 "customer, who that is");
    with_files(count)->required();
    count->add_option("--part", part,
                      "Number of the part, from 0 on: is every customer right here?");
    count->add_option("--parts", parts, "How many parts there are")->needs("--part");
    count->get_option("--part")->needs("--parts");
    auto* const deal =
        options.add_subcommand("split", "rows or tables -> files of rows, one for each part");
    deal->add_option("--parts", parts, "How many")->required()->check(CLI::Range(1, 1'000));
    deal->add_option("--out", out, "Directory of the files")->required();
    auto* const rows_option =
        deal->add_option("--rows", to_split.rows, "File of rows, instead of standard input");
    auto* const from =
        deal->add_option(
                "--from", range.from,
                "Only the lines that begin at this byte or later; then the number of rows, "
                "and what the end row says or \\N, are printed")
            ->needs(rows_option);
    deal->add_option("--to", range.to, "Only the lines that begin before this byte")->needs(from);
    auto& columns = to_split.columns;
    for (auto const& [name, file, what] :
         {std::tuple{"--touchpoints", &to_split.touchpoints, "CSV file of touchpoints"},
          std::tuple{"--conversions", &to_split.conversions, "CSV file of conversions"}})
        deal->add_option(name, *file, what)->excludes(rows_option);
    deal->add_option(
        "--key", columns.customer,
        "Column of the customer; of several names, the first that is there (customer)");
    deal->add_option("--time", columns.time, "Column of the time, likewise (time)");
    deal->add_option("--channel", columns.channel, "Column of the channel, likewise (channel)");
    examples::may_be_empty(
        deal->add_option("--segment", columns.segment,
                         "Column of the segment, likewise, or '' if there is none (segment)"));
    deal->add_option("--value", columns.amount,
                     "Column of the amount, likewise, in decimals (amount)");
    deal->add_option("--first-row", to_split.first_row,
                     "What is added to the lines' numbers, where there are several files (0)");
    command.parse();

    std::ios::sync_with_stdio(false);
    how.lookback = date::days{lookback};
    how.half_life = date::days{half_life};
    if (learn->parsed()) {
        print(cluster::learn(rows_of(files), how, date::sys_seconds{std::chrono::seconds{until}}));
    } else if (attribute->parsed()) {
        auto const learned =
            learned_file.empty() ? std::vector<std::string>{} : read_partials(learned_file);
        print({cluster::attribute(rows_of(files), how, learned)});
    } else if (credits->parsed()) {
        std::size_t lines = 0;
        cluster::credits(rows_of(files), how, model, [&](std::string const& line) {
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
        if (*from)
            to_split.range = range;
        split(to_split, out, parts);
    } else if (count->parsed()) {
        std::optional<cluster::part_number> which;
        if (part)
            which = {*part, parts};
        std::cout << cluster::line_of(cluster::count_rows(files, which)) << '\n';
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
