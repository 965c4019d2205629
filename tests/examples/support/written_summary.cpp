// SPDX-License-Identifier: BSL-1.0
#include <support/written_summary.hpp>

#include <support/advice.hpp>

#include <small_report.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

using examples::markdown_text;
using examples::written_summary;

namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("markup of the data is text") {
    CHECK(markdown_text("a*b_c <i> [x](y) `z`\n# no") ==
          "a\\*b\\_c \\<i\\> \\[x\\](y) \\`z\\` \\# no");
}

TEST_CASE("the summary says what the report says") {
    auto const text = written_summary(small_report());
    CHECK(contains(text, "of 120.50 USD in 2 accounts, 83.0 % was credited"));
    CHECK(contains(text, "- **First touch** puts search first with 100.00 USD (83.0 %); 20.50 USD "
                         "stays unattributed (1 account)."));
    CHECK(contains(text, "- user is missing: 2 of 5 rows"));
    CHECK(contains(text, "of 5 records, 2 credited; 3 before the window."));
    CHECK(contains(text, "\\<b\\>podcast"));
    CHECK(!contains(text, "<b>"));
}

TEST_CASE("it changes with the data") {
    auto report = small_report();
    report.compared.lines[1].cents[1] = 9'000;
    report.compared.lines[0].cents[1] = 1'000;
    CHECK(
        contains(written_summary(report), "By linear, \\<b\\>podcast\\</b\\> earned most: 90.00"));
}

TEST_CASE("nothing to say is said") {
    auto report = small_report();
    report.compared = {"channel", {}, {0, 0}};
    report.paths.clear();
    CHECK(
        contains(written_summary(report), "there is nothing to credit: 0 accounts worth 0.00 USD"));
}

TEST_CASE("models that agree are not said to differ") {
    auto report = small_report();
    CHECK(contains(written_summary(report), "They disagree most on"));
    for (auto& line : report.compared.lines)
        line.cents[1] = line.cents[0];
    auto const text = written_summary(report);
    CHECK(contains(text, "Here they agree on every "));
    CHECK(contains(text, " by every model. Test it "));
    CHECK(!contains(text, "They disagree most on"));
    CHECK(!contains(text, "depends on the model"));
}

TEST_CASE("advice: where models agree, and what to test") {
    auto report = small_report();
    auto const text = written_summary(report);
    CHECK(contains(text, "## What to test\n\n- Linear and first touch, which differ most, agree on "
                         "no channel.\n"));
    CHECK(contains(text,
                   "- Test search first (50.00 USD by the one, 100.00 USD by the other): leave "
                   "it out for one half.\n"));
    CHECK(contains(text, "models like these err about equally"));
    CHECK(contains(text, "## What no model can find\n\n- Who would have come anyway:"));

    report.compared.lines[0].cents[0] = 5'500;  // within a tenth
    report.models[0].name = "survival";
    auto const other = written_summary(report);
    CHECK(contains(other, "agree on search (within a tenth), not on "
                          "\\<b\\>podcast\\</b\\>."));
    CHECK(contains(other, "Test \\<b\\>podcast\\</b\\> first (50.00 USD by the one, 0.00 USD by "
                          "the other)"));
    CHECK(contains(other, "first touch came nearest to it"));

    report.compared.lines[1].cents[0] = 4'500;
    CHECK(contains(written_summary(report), "agree on every channel, within a tenth."));
    report.compared.lines[0].cents[0] = 5'555;  // a tenth of that is 555 cents
    CHECK(contains(written_summary(report), "agree on every channel, within a tenth."));
    report.compared.lines[0].cents[0] = 5'556;
    CHECK(contains(written_summary(report), "(within a tenth), not on search."));

    report.compared.lines.insert(report.compared.lines.begin(),
                                 {{"a, b", true, {100, 100}}, {"tv", true, {100, 100}}});
    CHECK(contains(written_summary(report), "agree on \\<b\\>podcast\\</b\\>; a, b and tv ("));
    std::swap(report.compared.lines[0].name, report.compared.lines[1].name);
    CHECK(contains(written_summary(report), "agree on \\<b\\>podcast\\</b\\>; tv and a, b ("));
    report.compared.lines[1].name = "radio";
    CHECK(contains(written_summary(report), "agree on \\<b\\>podcast\\</b\\>, tv and radio ("));
    report.models.resize(1);
    CHECK(examples::advice_of(report).empty());
}
