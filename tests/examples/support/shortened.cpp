// SPDX-License-Identifier: BSL-1.0
#include <support/shortened.hpp>

#include <support/page.hpp>
#include <support/written_summary.hpp>

#include <own_report.hpp>
#include <scratch.hpp>
#include <small_report.hpp>

#include <cstddef>
#include <string>
#include <variant>

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

TEST_CASE("a text is cut that is longer by a byte, wherever it stands") {
    auto const longest = std::string(longest_shown, 'x');
    auto report = own_report();
    report.key_figures[0].value = longest;
    CHECK(shortened(report).texts_cut == 0);
    report.key_figures[0].value += 'x';
    auto const cut = shortened(report);
    CHECK(cut.texts_cut == 1);
    CHECK(cut.key_figures[0].value == longest.substr(0, longest_shown - 41) + "… [long text 1]");

    std::size_t texts = 0;
    auto const lengthen = [&](std::string& text) { text = longest + std::to_string(++texts); };
    for (auto& one : report.key_figures) {
        lengthen(one.value);
        lengthen(one.note);
    }
    auto& lines = std::get<line_figure>(report.figures[0]);
    lengthen(lines.categories[3]);
    lengthen(lines.series[1].name);
    lengthen(std::get<box_figure>(report.figures[2]).boxes[1].category);
    auto bars = std::get<bar_figure>(small_report().figures[0]);
    lengthen(bars.categories[1]);
    lengthen(bars.series[1].name);
    report.figures.emplace_back(bars);
    heatmap_figure map{.rows = {""}, .columns = {""}};
    lengthen(map.rows[0]);
    lengthen(map.columns[0]);
    report.figures.emplace_back(map);
    lengthen(*report.tables[0].rows[1][0]);
    report.paths = small_report().paths;
    lengthen(report.paths[1].name);
    lengthen(report.paths[1].group);
    lengthen(report.paths[0].steps[1].channel);
    lengthen(report.paths[0].steps[1].who);
    report.by_group = small_report().by_group;
    lengthen(report.by_group[1].group);
    lengthen(report.by_group[1].name);
    auto const all = shortened(report);
    CHECK(all.texts_cut == texts);
    CHECK(std::get<line_figure>(all.figures[0]).categories[3].size() <= longest_shown);
    CHECK(std::get<heatmap_figure>(all.figures[4]).columns[0].size() <= longest_shown);
    CHECK(all.tables[0].rows[1][0]->size() <= longest_shown);
}

TEST_CASE("what is short stays as it is") {
    auto const report = small_report();
    auto const shown = shortened(report);
    CHECK(shown.texts_cut == 0);
    CHECK(page_html(shown) == page_html(report));
    CHECK(written_summary(shown) == written_summary(report));
}
