// SPDX-License-Identifier: BSL-1.0
#include <support/option_file.hpp>

#include <support/csv.hpp>

#include <scratch.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
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
                             "a\0b"s,
                             "Infinity"s,
                             ".5"s,
                             "+1e-05"s,
                             "2024-05-01"s,
                             "a\tb"s,
                             "\"\"\nquick=true\"\""s,
                             "''\nquick=true''"s,
                             "\xE9"s,
                             "\x85 \xC3\xA9 \xE2\x82\xAC \xFF'\"\n"s,
                             "\xC2\x85\xE2\x80\xA8"s}) {
        program first;
        // As one word: an empty text is a value, too.
        first.run({"--text", text, "--tables", text, "--tables", "caf\xC3\xA9 " + text, "--quick"});
        auto const again = with(first.options.config_to_str(false, false));
        CHECK_MESSAGE(again.text == text, text);
        CHECK(again.tables == first.tables);
        CHECK(again.quick);
        CHECK(std::ranges::count(first.options.config_to_str(false, false), '\n') == 3);
    }
    program nothing;
    nothing.run({});
    CHECK(nothing.options.config_to_str(false, false) == "");
}

TEST_CASE("what a run writes has few quotes, and no escapes where there is a way without") {
    for (auto const& [text, written] :
         std::vector<std::pair<std::string, std::string>>{{"a", "'a'"},
                                                          {"30d", "\"30d\""},
                                                          {"30", "30"},
                                                          {"0.40", "0.40"},
                                                          {"true", "true"},
                                                          {"007", "\"007\""},
                                                          {"", "\"\""},
                                                          {"a\"b", "'a\"b'"},
                                                          {"C:\\new", "'C:\\new'"},
                                                          {"it's", "\"it's\""},
                                                          {"'\\\n", "\"'\\\\\\u000A\""}})
        CHECK(option_text(text) == written);
}

TEST_CASE("files of options as people write them") {
    auto const read = with("\xEF\xBB\xBF# what\r\n# more\r\n\r\n  \"text\" = \"a,b\"   # note\r\n"
                           "tables = [\"a\", # one\n 'b#' ,\n 3 ]\nquick = true");
    CHECK(read.text == "a,b");
    CHECK(read.tables == std::vector<std::string>{"a", "b#", "3"});
    CHECK(read.quick);
    CHECK(with("tables = 'd'").tables == std::vector<std::string>{"d"});
    CHECK(with("text = \"\\u00e9\\U0001F600\\t\\\\\"").text == "\xC3\xA9\xF0\x9F\x98\x80\t\\");
    CHECK(with("text = 'C:\\new'").text == "C:\\new");
    CHECK(with("text = 30").text == "30");
    CHECK(with("text = 0.40").text == "0.40");
    CHECK(with("text = 2024-05-01").text == "2024-05-01");
    CHECK(with("text = 'caf\xE9'").text == "caf\xE9");
    CHECK(!with("quick = false").quick);
    CHECK(with("").text == "unset");
}

TEST_CASE("what is wrong with a file of options is told by its line") {
    auto const like = "write it like name = \"text\", with the quotes, in a line of its own "s;
    auto const quote = "a text needs a closing quote "s;
    auto const list = "a list ends with ], and there are commas in it: [\"a\", \"b\"] "s;
    auto const backslash = "a backslash means something else in double quotes: write \\\\, or the "
                           "text in single quotes "s;
    for (auto const& [content, message] : std::vector<std::pair<std::string, std::string>>{
             {"text = 'a'\ntxet = 'b'",
              "x.toml:2: 'txet' is no option, perhaps text is meant; --help shows them"},
             {"txet = 'a'\naa = 'b'",
              "x.toml:1: 'txet' is no option, perhaps text is meant; --help shows them"},
             {"Text = 'a'",
              "x.toml:1: 'Text' is no option, perhaps text is meant; --help shows them"},
             {"confg = 1",
              "x.toml:1: 'confg' is no option; --help shows them"},  // config is not for files
             {"zzzzzz = 1", "x.toml:1: 'zzzzzz' is no option; --help shows them"},
             {"'' = 1", "x.toml:1: '' is no option; --help shows them"},
             {"'\xE9' = 1", "x.toml:1: '\\xE9' is no option; --help shows them"},
             {"help = true", "x.toml:1: help is for the command line only"},
             {"config = 'x'", "x.toml:1: config is for the command line only"},
             {"text = ['a', 'b']", "x.toml:1: text takes one text: write text = \"a,b\""},
             {"quick = 3", "x.toml:1: quick is true or false, not '3'"},
             {"tables = []", "x.toml:1: tables has no value"},
             {"[text]\na = 1", "x.toml:1: there are no sections: remove this line"},
             {"quick = true\n[text]", "x.toml:2: there are no sections: remove this line"},
             {"text.a = 1", "x.toml:1: there are no sections: remove this line"},
             {"tables = [['a']]", "x.toml:1: a list has texts, and no lists or sections"},
             {"text = 'a'\n\ntext = 'b'",
              "x.toml:3: the same name is there twice: keep one, with a list if it takes several "
              "(key-value pair: cannot redefine "
              "existing string 'text')"},
             {"tables = ['a']\ntables = 'b'",
              "x.toml:2: the same name is there twice: keep one, with a list if it takes several "
              "(key-value pair: cannot redefine "
              "existing array 'tables')"},
             {"text = 30d", "x.toml:1: " + like + "(decimal integer: expected digit, saw 'd')"},
             {"\ntext = a b", "x.toml:2: " + like + "(value: could not determine value type)"},
             {"text = 007",
              "x.toml:1: " + like + "(decimal integer: leading zeroes are prohibited)"},
             {" = a", "x.toml:1: " + like +
                          "(root table: expected keys, tables, whitespace or comments, saw '=')"},
             {"text =", "x.toml:1: " + like + "(key-value pair: encountered end-of-file)"},
             {"text \"a\"", "x.toml:1: " + like + "(key-value pair: expected '=', saw '\"')"},
             {"text = a\"b", "x.toml:1: " + like + "(value: could not determine value type)"},
             {"text = \"a\" b",
              "x.toml:1: " + like + "(key-value pair: expected a comment or whitespace, saw 'b')"},
             {"text = \"a", "x.toml:1: " + quote + "(string: encountered end-of-file)"},
             {"text = 'a\n'", "x.toml:1: " + quote +
                                  "(literal string: control characters other than TAB (U+0009) are "
                                  "explicitly prohibited)"},
             {"text = \"\\", "x.toml:1: " + quote + "(string: encountered end-of-file)"},
             {"tables = ['a'", "x.toml:1: " + list + "(array: encountered end-of-file)"},
             {"tables = ['a' 'b']",
              "x.toml:1: " + list + "(array: expected comma or closing ']', saw ''')"},
             {"text = \"C:\\data\"",
              "x.toml:1: " + backslash + "(string: unknown escape sequence '\\d')"},
             {"text = \"\\u12\"",
              "x.toml:1: " + backslash + "(unicode scalar sequence: expected hex digit, saw '\"')"},
             {"text = \"\\ud800\"",
              "x.toml:1: " + backslash +
                  "(unicode scalar sequence: unicode surrogates (U+D800 - U+DFFF) are explicitly "
                  "prohibited)"}})
        CHECK(error(content) == message);
}
