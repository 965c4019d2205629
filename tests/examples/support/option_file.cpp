// SPDX-License-Identifier: BSL-1.0
#include <support/option_file.hpp>

#include <support/csv.hpp>

#include <scratch.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace examples;
using namespace std::literals;

namespace {

scratch const here;

/// A program with an option of each sort.
struct program {
    program() {
        options.add_option("--text", text);
        options.add_option("--tables", tables)
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        options.add_flag("--quick", quick);
        options.set_config("--config");
        options.config_formatter(std::make_shared<option_file>(options));
    }
    void run(std::vector<std::string> arguments) {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        options.parse(reversed);
    }

    CLI::App options;
    std::string text = "unset";
    std::vector<std::string> tables;
    bool quick = false;
};

struct options_read {
    std::string text;
    std::vector<std::string> tables;
    bool quick;
};

options_read with(std::string_view content) {
    program used;
    used.run({"--config", here.write("x.toml", content).string()});
    return {used.text, used.tables, used.quick};
}

std::string error(std::string_view content) {
    auto const text = error_of<input_error>([&] { with(content); });
    auto const directory = here.directory.string() + "/";
    return text.starts_with(directory) ? text.substr(directory.size()) : text;
}

}  // namespace

TEST_CASE("what a run writes is read as it was, whatever texts are in it") {
    for (auto const& text : {"plain"s,
                             ""s,
                             " a "s,
                             "a#b"s,
                             "#"s,
                             "a\"b"s,
                             "a'b"s,
                             "a'b\"c"s,
                             "a\\b"s,
                             "'\\"s,
                             "\\n"s,
                             "a\nb"s,
                             "a\"\nquick=true"s,
                             "\t\r\x01\x7F"s,
                             "007"s,
                             "1e5"s,
                             " 5"s,
                             "true"s,
                             "[a]"s,
                             "[a, b"s,
                             "a=b"s,
                             "a,b"s,
                             "'"s,
                             "\""s,
                             "\\"s,
                             "caf\xC3\xA9"s,
                             "x"s,
                             "a\0b"s}) {
        program first;
        // As one word: an empty text is a value, too.
        first.run({"--text", text, "--tables", text, "--tables", "b " + text, "--quick"});
        auto const again = with(first.options.config_to_str(false, false));
        CHECK_MESSAGE(again.text == text, text);
        CHECK(again.tables == first.tables);
        CHECK(again.quick);
    }
    program nothing;
    nothing.run({});
    CHECK(nothing.options.config_to_str(false, false) == "");
}

TEST_CASE("files of options as people write them") {
    auto const read = with("\xEF\xBB\xBF# what\r\n; more\r\n\r\n  \"text\" = a,b   # note\r\n"
                           "tables = [\"a\", # one\n 'b#' ,\n c ]\ntables = \"d\"\nquick = true");
    CHECK(read.text == "a,b");
    CHECK(read.tables == std::vector<std::string>{"a", "b#", "c", "d"});
    CHECK(read.quick);
    CHECK(with("text = \"\\u00e9\\U0001F600\\t\\\\\"").text == "\xC3\xA9\xF0\x9F\x98\x80\t\\");
    CHECK(with("text = 'C:\\new'").text == "C:\\new");
    CHECK(with("text = 30 days").text == "30 days");
    CHECK(!with("quick = false").quick);
    CHECK(with("").text == "unset");
}

TEST_CASE("what is wrong with a file of options is told by its line") {
    for (auto const& [content, message] : std::vector<std::pair<std::string, std::string>>{
             {"text = a\ntxet = b",
              "x.toml:2: 'txet' is no option, perhaps text is meant; --help shows them"},
             {"Text = a",
              "x.toml:1: 'Text' is no option, perhaps text is meant; --help shows them"},
             {"zzzzzz = a", "x.toml:1: 'zzzzzz' is no option; --help shows them"},
             {" = a", "x.toml:1: '' is no option; --help shows them"},
             {"help = true", "x.toml:1: help is for the command line only"},
             {"config = 'x'", "x.toml:1: config is for the command line only"},
             {"text = a\n\ntext = b", "x.toml:3: text is there twice, remove one"},
             {"text = [\"a\", 'b']", "x.toml:1: text takes one text: write text = \"a,b\""},
             {"quick = 3", "x.toml:1: quick is true or false, not '3'"},
             {"tables = []", "x.toml:1: tables has no value"},
             {"text =", "x.toml:1: there is no value: write it like lookback = \"30d\""},
             {"text \"a\"",
              "x.toml:1: 'text \"a\"' is no option: write it like lookback = \"30d\""},
             {"[text]\na = 1", "x.toml:1: there are no sections: remove this line"},
             {"text = \"a", "x.toml:1: a text needs a closing quote in its line"},
             {"text = 'a\n'", "x.toml:1: a text needs a closing quote in its line"},
             {"text = a\"b", "x.toml:1: 'a\"b' has a quote: put the whole text in quotes"},
             {"text = \"a\" b",
              "x.toml:1: 'b' is too much: write one option in a line, and texts in quotes"},
             {"tables = [a",
              "x.toml:1: a list ends with ], and there are commas in it: [\"a\", \"b\"]"},
             {"tables = ['a' 'b']",
              "x.toml:1: a list ends with ], and there are commas in it: [\"a\", \"b\"]"},
             {"text = \"C:\\data\"",
              "x.toml:1: a backslash means something else in double quotes: write "
              "\\\\, or the text in single quotes"},
             {"text = \"\\u12\"",
              "x.toml:1: a backslash means something else in double quotes: write "
              "\\\\, or the text in single quotes"},
             {"text = \"\\ud800\"",
              "x.toml:1: a backslash means something else in double quotes: write "
              "\\\\, or the text in single quotes"},
             {"text = \"\\", "x.toml:1: a backslash means something else in double quotes: write "
                             "\\\\, or the text in single quotes"}})
        CHECK_MESSAGE(error(content) == message, content);
}
