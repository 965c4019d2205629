// SPDX-License-Identifier: BSL-1.0
#include <support/toml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace examples;

namespace {

using texts = std::vector<std::string>;

texts values_of(std::string const& value) {
    auto const read = read_toml("a = " + value);
    REQUIRE(read.size() == 1);
    REQUIRE(read[0].entries.size() == 1);
    return read[0].entries[0].values;
}

/// What is wrong, with the line before it.
std::string refusal(std::string_view text) {
    try {
        static_cast<void>(read_toml(text));
    } catch (toml_error const& error) {
        return std::to_string(error.line()) + ": " + error.what();
    }
    return "nothing";
}

}  // namespace

TEST_CASE("toml: sections and names are in the order of their lines") {
    auto const read = read_toml("\xEF\xBB\xBF# all\nz = 'a'\n\ny = ['b', 'c']\r\n[\"x x\"]\nc = 1\n"
                                "b = 2\n[e]\n[d]\nf = 3");
    REQUIRE(read.size() == 4);
    CHECK(read[0].name == "");
    REQUIRE(read[0].entries.size() == 2);
    CHECK(read[0].entries[0].name == "z");
    CHECK(read[0].entries[1].name == "y");
    CHECK(read[0].entries[1].line == 4);
    CHECK(read[0].entries[1].values == texts{"b", "c"});
    CHECK(read[1].name == "x x");
    CHECK(read[1].line == 5);
    REQUIRE(read[1].entries.size() == 2);
    CHECK(read[1].entries[0].name == "c");
    CHECK(read[1].entries[1].values == texts{"2"});
    CHECK(read[2].name == "e");
    CHECK(read[2].entries.empty());
    CHECK(read[3].entries[0].line == 10);
    CHECK(read_toml("").size() == 1);
    CHECK(read_toml("q.r = 3")[1].name == "q");
}

TEST_CASE("toml: what is no text is the text that was written") {
    for (std::string const text :
         {"30", "0.40", "+5", "-0.0", "1_000", "0x1F", "1e5", "1E+05", "inf", "nan", "true",
          "false", "2024-05-01", "2024-05-01T10:00:00Z", "2024-05-01 10:00:00.50+02:00", "10:00:30",
          "1.23456789012345678901234567890"}) {
        CHECK(values_of(text) == texts{text});
        CHECK(values_of("\t" + text + " # 7") == texts{text});
        CHECK(values_of("['caf\xC3\xA9 \xF0\x9F\x98\x80', " + text + "\t, '', " + text + "]") ==
              texts{"caf\xC3\xA9 \xF0\x9F\x98\x80", text, "", text});
    }
    CHECK(values_of("[ # one\n 1,\r\n\n  2.50 ]") == texts{"1", "2.50"});
    CHECK(values_of("[]").empty());
}

TEST_CASE("toml: what is no TOML is told by its line") {
    constexpr auto like = "write it like name = \"text\", with the quotes, in a line of its own ";
    constexpr auto quote = "a text needs a closing quote ";
    for (auto const& [text, message] : std::vector<std::pair<std::string, std::string>>{
             {"a = 1\n\nb = 30d",
              "3: " + std::string{like} + "(decimal integer: expected digit, saw 'd')"},
             {"a = 'b'\na = 'c'", "2: the same name is there twice: keep one, with a list if it "
                                  "takes several (key-value pair: "
                                  "cannot redefine existing string 'a')"},
             {"\na = \"b", "2: " + std::string{quote} + "(string: encountered end-of-file)"},
             {"a = [[1]]", "1: a list has texts, and no lists or sections"},
             {"[[a]]\nb = 1", "1: a list has texts, and no lists or sections"},
             {"[a]\nb = 1\n[a.c]\nd = 1",
              "3: 'c' is a section in another, which there is not: remove it"}})
        CHECK(refusal(text) == message);
    CHECK(refusal("a = 'caf\xE9'").starts_with("1: " + std::string{like}));
}
