// SPDX-License-Identifier: BSL-1.0
#include <support/run_report.hpp>

#include <support/csv.hpp>

#include <scratch.hpp>
#include <small_report.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace examples;

namespace {

struct small_records {
    std::string text;
    reading input;
};

report_program small_program(std::string& colour) {
    return {.name = "small",
            .help =
                "Is it small?\n{options}\nReads a.csv.\n\n{inputs}\n\n{outputs}\nExample: small\n",
            .working = "measuring",
            .sample =
                [] {
                    return std::vector<sample_file>{{"a.csv", "what\nsample\n"}};
                },
            .add_options =
                [&](CLI::App& options) {
                    add_choice(options, "--colour", colour, {"red", "blue"}, "Its colour");
                },
            .understand =
                [](report_options const& common) {
                    if (common.data == "wrong")
                        throw CLI::ValidationError{"--data", "is wrong"};
                }};
}

small_records load(report_options const& asked) {
    small_records all;
    for (auto const row : csv_reader{asked.data / "a.csv", {"what"}, all.input})
        all.text = std::string{row["what"].text} + (asked.sampled ? ", invented" : "");
    return all;
}

/// What became of a run with these arguments, which was told to be quiet.
struct outcome {
    int status = -1;
    std::string seen = {}, colour = "red";
    std::vector<input_file> inputs = {};
};
outcome run(scratch const& here, std::vector<std::string> const& arguments) {
    auto const out = (here.directory / "out").string();
    std::vector<char const*> all{"small", "--no-pictures", "--quiet", "--out", out.c_str()};
    for (auto const& one : arguments)
        all.push_back(one.c_str());
    outcome found;
    found.status = run_report(static_cast<int>(all.size()), all.data(), small_program(found.colour),
                              load, [&](auto const& data, auto const&, auto& into) {
                                  found.seen = data.text;
                                  into.file("own.csv").write("1\n");
                                  return written_report{"", {"own.csv"}, small_report()};
                              });
    return found;
}

}  // namespace

TEST_CASE("run_report: the sample is read like any other data, and all files appear") {
    scratch const here;
    auto const found = run(here, {"--colour", "blue"});
    CHECK(found.status == 0);
    CHECK(found.seen == "sample, invented");
    CHECK(found.colour == "blue");
    CHECK(here.read("out/own.csv") == "1\n");
    CHECK(here.read("out/sample-data/a.csv") == "what\nsample\n");
    CHECK(here.read("out/report.html").find("a.csv") != std::string::npos);  // an input
}

TEST_CASE("run_report: data of the user's") {
    scratch const here;
    here.write("a.csv", "what\nmine\n");
    auto const found = run(here, {"--data", here.directory.string()});
    CHECK(found.status == 0);
    CHECK(found.seen == "mine");
    CHECK(here.names("out").count("sample-data") == 0);
}

TEST_CASE("run_report: what is wrong is told before anything is written") {
    scratch const here;
    CHECK(run(here, {"--data", "wrong"}).status == 2);
    CHECK(run(here, {"--colour", "green"}).status == 2);
    CHECK(run(here, {"--against", "out"}).status == 2);  // it has no such option
    CHECK(run(here, {"--data", (here.directory / "nowhere").string()}).status == 2);
    CHECK(here.names().empty());
}

TEST_CASE("run_report: an earlier run is one of this program") {
    scratch const here;
    here.write("pairs.csv", "who\n");
    here.write("unattributed.csv", "who,reason\n");
    here.write("audit.csv", "who\n");
    here.write("reconciliation.csv", "model,sales,value_in,credited,unattributed\n");
    std::string colour;
    auto program = small_program(colour);
    program.against = run_layout{"", "pairs.csv", "who", "who", {}};
    auto const compared_with = [&](std::string const& directory) {
        char const* const arguments[] = {"small", "--against", directory.c_str()};
        command_line command{3, arguments};
        return report_asked_for(command, program).earlier;
    };
    CHECK(compared_with(here.directory.string()).value().models().empty());
    CHECK(error_of<input_error>([&] { compared_with("nowhere"); }).find("run of small had") !=
          std::string::npos);
}

TEST_CASE("run_report: --help has what all report programs read and write in its places") {
    std::string colour;
    char const* const arguments[] = {"small", "--quiet"};
    command_line command{2, arguments};
    auto const program = small_program(colour);
    CHECK(report_asked_for(command, program).out == "out/small");
    auto const help = command.options.help();
    CHECK(help.starts_with("Is it small?\n"));
    CHECK(help.find("--colour red|blue") != help.npos);
    auto const whole = "Reads a.csv.\n\n" + help_on_inputs() + '\n' +
                       std::string{help_on_outputs()} + "Example: small\n";
    CHECK(command.options.get_footer() == whole);
}

TEST_CASE("run_report: a help without a place for options is a mistake of the program") {
    char const* const arguments[] = {"small"};
    command_line command{1, arguments};
    CHECK_THROWS_AS(static_cast<void>(report_asked_for(command, {.name = "small", .help = "Hm."})),
                    std::logic_error);
}

TEST_CASE("run_report: settings of a program add their options, and say what cannot be") {
    struct settings {
        std::string colour = "red";
        void add_to(CLI::App& options) {
            add_choice(options, "--colour", colour, {"red", "blue"}, "Its colour");
        }
        void understand(report_options const& common) const {
            if (common.quiet && colour == "blue")
                throw CLI::ValidationError{"--colour", "blue is not quiet"};
        }
    };
    scratch const here;
    here.write("a.csv", "what\nmine\n");
    auto const out = (here.directory / "out").string(), data = here.directory.string();
    std::string ignored, seen;
    auto const run = [&](auto reader, char const* colour, char const* json) {
        std::vector<char const*> const all{"small",     "--no-pictures", "--out",
                                           out.c_str(), "--data",        data.c_str(),
                                           "--colour",  colour,          json};
        return run_report<settings>(
            static_cast<int>(all.size()), all.data(), small_program(ignored), reader,
            [&](small_records const& records, settings const& own, run_options const&, auto&) {
                seen = records.text + ' ' + own.colour;
                return written_report{"", {}, small_report()};
            });
    };
    auto const by_reading = [](std::filesystem::path const& directory, reading how) {
        return load({.data = directory, .input = std::move(how)});
    };
    auto const by_settings = [](settings const& own, run_options const& asked) {
        auto records = load(asked);
        records.text += " for " + own.colour;
        return records;
    };
    CHECK(run(by_reading, "red", "--quiet") == 0);
    CHECK(seen == "mine red");
    CHECK(run(by_settings, "red", "--quiet") == 0);
    CHECK(seen == "mine for red red");
    CHECK(run(by_settings, "blue", "--quiet") == 2);
}
