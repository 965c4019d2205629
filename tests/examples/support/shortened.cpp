// SPDX-License-Identifier: BSL-1.0
#include <support/shortened.hpp>

#include <support/page.hpp>
#include <support/written_summary.hpp>

#include <scratch.hpp>
#include <small_report.hpp>

#include <string>

using namespace examples;

TEST_CASE("long texts are cut, said, and stay different") {
    auto report = small_report();
    auto const whole = page_html(report).size();
    auto const longer = std::string(10'000'000, 'x');
    for (auto* lines : {&report.by_channel, &report.by_group})
        for (auto& line : *lines) {
            if (line.attributed)
                line.name = line.name == "search" ? longer + "1" : longer + "2";
            line.group = longer;
        }
    report.compared.lines[0].name = longer + "1";
    report.compared.lines[1].name = longer + "2";
    for (auto& path : report.paths) {
        path.name = longer;
        for (auto& step : path.steps)
            step.channel = step.who = longer + "1";
    }
    report.found.add({"x", attribution::severity::warning, "x", 1, 1, {}, {longer + "1"}});
    auto const shown = shortened(report);
    CHECK(shown.texts_cut == 3);
    CHECK(shown.compared.lines[0].name.size() <= longest_shown);
    CHECK(shown.compared.lines[0].name != shown.compared.lines[1].name);
    auto const page = page_html(shown);
    CHECK(page.size() < whole + 20'000);
    CHECK(page.find("Too long to be shown here whole: 3 texts") != std::string::npos);
    CHECK(written_summary(shown).find("3 texts of the data are too long") != std::string::npos);
}

TEST_CASE("what is short stays as it is") {
    auto const report = small_report();
    auto const shown = shortened(report);
    CHECK(shown.texts_cut == 0);
    CHECK(page_html(shown) == page_html(report));
    CHECK(written_summary(shown) == written_summary(report));
}
