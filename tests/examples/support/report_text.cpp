// SPDX-License-Identifier: BSL-1.0
#include <support/report_text.hpp>

#include <scratch.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

using namespace examples;

namespace {

constexpr auto small = R"(# what is said
title = "Sales: by channel"
question = """
    Who
    sold, and
  why?
"""
channel = ["way", "ways"]
conversion = ["sale", "sales"]
touchpoint = ["visit", "visits"]
amount = "value"
policy = [
    """A visit \
    counts
    for {days}.""",
    "Refunds do not.",
]

[first_touch]
text = "the first gets all of {days}."

[usage]
title = "usage-based"
text = "by use."
colour = "#123456"
[lengths]
title = "Lengths"
across = "Letters"
)";

std::string refusal(std::string const& text) {
    return error_of<std::logic_error>([&] { static_cast<void>(report_text{text}); });
}

}  // namespace

TEST_CASE("report_text: a report has its title, its words and its policy") {
    auto const report = report_text{small, {{"days", "2 days"}}}.report("small");
    CHECK(report.program == "small");
    CHECK(report.title == "Sales: by channel");
    CHECK(report.question == "Who sold, and why?");
    CHECK(report.words.channels == "ways");
    CHECK(report.words.conversion == "sale");
    CHECK(report.words.touchpoint == "visit");
    CHECK(report.words.amount == "value");
    CHECK(report.words.group.empty());
    CHECK(report.currency.empty());
    CHECK(report.policy ==
          std::vector<std::string>{"A visit counts for 2 days.", "Refunds do not."});
}

TEST_CASE("report_text: what is said of a model, and of a picture") {
    report_text const text{small, {{"days", "a day"}}};
    auto const first = text.model("first_touch");
    CHECK(first.name == "first_touch");
    CHECK(first.title == "first touch");
    CHECK(first.text == "the first gets all of a day.");
    CHECK(first.colour.empty());
    auto const usage = text.model("usage");
    CHECK(usage.title == "usage-based");
    CHECK(usage.colour == "#123456");
    auto const lengths = text.figure("lengths");
    CHECK(lengths.name == "lengths");
    CHECK(lengths.title == "Lengths");
    CHECK(lengths.across == "Letters");
    CHECK(lengths.note.empty());
}

TEST_CASE("report_text: what is not said, or twice, is a mistake of the program") {
    report_text const text{small};
    CHECK(text.all("", "policy").size() == 2);
    CHECK(text.all("first_touch", "colour").empty());
    CHECK(text.one("first_touch", "colour", "grey") == "grey");
    CHECK_THROWS_AS(static_cast<void>(text.one("", "policy")), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(text.one("", "policy", "none")), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(text.model("last_touch")), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(report_text{"title = 'a'"}.report("small")),
                    std::logic_error);
}

TEST_CASE("report_text: what is no such text") {
    CHECK(refusal("a = 'b'\ntitle: of all") ==
          "report.toml:2: write it like name = \"text\", with the quotes, in a line of its own "
          "(key-value pair: expected '=', saw ':')");
    CHECK(refusal("title = 'a'\ntitle = 'b'").starts_with("report.toml:2: the same name"));
    CHECK(report_text{"\n# nothing\n"}.all("", "title").empty());
    report_text const text{"channel = 'way'\nconversion = ['a', 'b']\ntitle = 't'\nquestion = 'q'"};
    CHECK(error_of<std::logic_error>([&] { static_cast<void>(text.report("small")); }) ==
          "report.toml: 'channel' is not one and several of a kind, like [\"channel\", "
          "\"channels\"]");
    CHECK(error_of<std::logic_error>([&] { static_cast<void>(text.one("a", "b")); }) ==
          "report.toml: [a] says 'b' 0 times");
}
