// SPDX-License-Identifier: BSL-1.0
#include <support/page.hpp>

#include <small_report.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <variant>

using namespace examples;

namespace {

constexpr page_assets without_charts{"body{}", "", "start()"};

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

nlohmann::json data_of(std::string const& page) {
    constexpr std::string_view begin = "id=\"report-data\">";
    auto const from = page.find(begin) + begin.size();
    return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
}

}  // namespace

TEST_CASE("what could be markup is text") {
    CHECK(html_text("<a b=\"c\">&'") == "&lt;a b=&quot;c&quot;&gt;&amp;'");
    auto const page = page_html(small_report(), without_charts);
    CHECK(!contains(page, "<b>podcast</b>"));
    CHECK(contains(page, "&lt;b&gt;podcast&lt;/b&gt;"));
    CHECK(data_of(page)["paths"][0]["steps"][1][1] == "<b>podcast</b>");
    CHECK(contains(page, "\\u003cb\\u003epodcast\\u003c/b\\u003e"));
    auto report = small_report();
    report.paths[0].name = "&lt;";  // no name of another text, whatever reads the page
    auto const named = page_html(report, without_charts);
    CHECK(contains(named, "\\u0026lt;"));
    CHECK(data_of(named)["paths"][0]["name"] == "&lt;");
}

TEST_CASE("the policy allows the scripts and the style of the page, by their digests") {
    auto const page = page_html(small_report(), without_charts);
    // printf 'start()' | openssl dgst -sha256 -binary | base64
    CHECK(contains(page, "script-src 'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00='; "
                         "style-src 'sha256-"));
    CHECK(contains(page, "default-src 'none'"));
}

TEST_CASE("without npm the page says that its pictures are still") {
    CHECK(contains(page_html(small_report(), without_charts), "built without npm"));
    CHECK(!contains(page_html(small_report(), {"", "charts()", "start()"}), "built without npm"));
}

TEST_CASE("the figures of the page are those of the report") {
    auto const page = page_html(small_report(), without_charts);
    CHECK(contains(page, "<strong>linear</strong>: 120.50 in = 100.00 credited + 20.50 "
                         "unattributed"));
    CHECK(contains(page, "<td class=\"num\">100.00</td>"));
    CHECK(contains(page, "required(user)"));
    auto const data = data_of(page);
    CHECK(data["paths"].size() == 2);
    CHECK(data["paths"][0]["cents"] == 10'000);
    CHECK(data["paths"][0]["steps"][0][4] == nlohmann::json::array({10'000, 5'000}));
    CHECK(data["paths"][0]["steps"][1][4] == nlohmann::json::array({nullptr, 5'000}));
    CHECK(data["figures"][0]["series"][1]["values"] ==
          nlohmann::json::array({5'000, 5'000, 2'050}));
}

TEST_CASE("the window of the page is called as the report") {
    auto report = small_report();
    report.title = "Who <earned> it";
    CHECK(contains(page_html(report, without_charts),
                   "<title>Who &lt;earned&gt; it</title>\n<style>"));
}

TEST_CASE("the overview has what went in and where it went, by the chosen model") {
    auto const page = page_html(small_report(), without_charts);
    auto const card = [&](std::string const& title, std::string const& value) {
        return contains(page, "<dt>" + title + "</dt><dd>" + value);
    };
    CHECK(card("To attribute", "120.50"));
    CHECK(card("Credited", "100.00"));
    CHECK(card("Unattributed", "20.50"));
    CHECK(contains(page, "Largest channel, linear"));
    report_model nothing = small_report();
    std::erase_if(nothing.compared.lines, [](auto const& line) { return line.attributed; });
    CHECK(!contains(page_html(nothing, without_charts), "Largest channel, linear"));
}

TEST_CASE("of very many paths the page has the largest, and says so") {
    auto report = small_report();
    auto const step = report.paths[0].steps[0];
    report.paths[0].steps.assign(15'000, step);
    report.paths.push_back({"dora", "big", {}, 90'000, "credited", {}});
    report.paths[2].steps.assign(6'000, step);
    auto const page = page_html(report, without_charts);
    CHECK(data_of(page)["paths"].size() == 1);
    CHECK(data_of(page)["paths"][0]["name"] == "ann");
    CHECK(contains(page, "the 1 largest of 3"));
    report.paths[2].steps.resize(5'000, step);
    auto const full = page_html(report, without_charts);
    CHECK(data_of(full)["paths"].size() == 3);
    CHECK(!contains(full, " largest of 3"));
    report.paths[2].steps.resize(5'001, step);
    CHECK(data_of(page_html(report, without_charts))["paths"].size() == 1);
    // One after the other as all at once: the one that does not fit keeps smaller ones out.
    std::vector<conversion_path> kept;
    for (auto const* const one : {&report.paths[0], &report.paths[2], &report.paths[1]}) {
        kept.push_back(*one);
        keep_shown(kept);
    }
    CHECK(kept.size() == 2);
    report.paths = kept;
    CHECK(data_of(page_html(report, without_charts))["paths"].size() == 1);
}

TEST_CASE("every kind of figure is drawn") {
    auto const bars = svg(small_report().figures[0]);
    CHECK(contains(bars, "<title>search, first touch: 100 USD</title>"));
    auto drawn = histogram("h", "H", {"Users"}, {"Accounts"}, {1, 2, 2}, "#123456");
    CHECK(contains(svg(drawn), "stroke-dasharray"));
    CHECK(contains(svg(drawn), "<title>2: 2</title>"));
    heatmap_figure const map{.name = "m",
                             .title = "M",
                             .rows = {"r<"},
                             .columns = {"c"},
                             .shades = {{1.0}},
                             .texts = {{"+1.00"}}};
    CHECK(contains(svg(map), "<title>r&lt;, c: +1.00</title>"));
    CHECK(contains(svg(map), "class=\"on-dark\""));
    drawn = histogram("h", "H", {"Users"}, {"Accounts"}, {}, "#123456");
    CHECK(contains(svg(drawn), "No data"));
}

TEST_CASE("a long table arrives with its first rows; the script has the others") {
    auto report = small_report();
    report.tables = {{.name = "orders", .columns = {{"id"}, {"<n>", column_kind::integer}}}};
    auto const add_rows = [&](std::size_t count) {
        while (report.tables[0].rows.size() < count)
            report.tables[0].rows.push_back(
                {"</script>", std::to_string(report.tables[0].rows.size())});
    };
    add_rows(50);
    CHECK(contains(page_html(report, without_charts), "<td class=\"num\">49</td>"));
    CHECK(data_of(page_html(report, without_charts))["tables"].empty());
    add_rows(51);
    auto const page = page_html(report, without_charts);
    CHECK(contains(page, "<td class=\"num\">24</td>"));
    CHECK(!contains(page, "<td class=\"num\">25</td>"));
    CHECK(contains(page, "data-rows=\"0\""));
    CHECK(contains(page, "25 of 51 rows; orders.csv has them all."));
    auto const rows = data_of(page)["tables"][0];
    CHECK(rows.size() == 51);
    CHECK(rows[50] == nlohmann::json::array({"", "</script>", "50"}));
    add_rows(10'001);
    auto const longer = page_html(report, without_charts);
    CHECK(data_of(longer)["tables"][0].size() == 10'000);
    CHECK(contains(longer, "Here are the first 10,000 of 10,001 rows; orders.csv has them all."));
}

TEST_CASE("very many conversions without a touchpoint are sampled, too") {
    auto report = small_report();
    report.paths.assign(6'000, report.paths[1]);
    auto const page = page_html(report, without_charts);
    CHECK(data_of(page)["paths"].size() == 5'000);
    CHECK(contains(page, "the 5,000 largest of 6,000; audit.csv has them all"));
}

TEST_CASE("a figure is in its section, the attribution's first one with its comparison") {
    auto report = small_report();
    report.sections = {"Before", "", "After"};
    auto other = std::get<bar_figure>(report.figures[0]);
    other.name = "other";
    other.section = "After";
    report.figures.insert(report.figures.begin(), other);
    auto const page = page_html(report, without_charts);
    auto const at = [&](std::string_view text) {
        auto const found = page.find(text);
        REQUIRE(found != page.npos);
        return found;
    };
    CHECK(at("id=\"section-1\"") < at("id=\"comparison\""));
    CHECK(at("id=\"comparison\"") < at("id=\"figure-channels_by_model\""));
    CHECK(at("id=\"figure-channels_by_model\"") < at("id=\"proof\""));
    CHECK(at("id=\"proof\"") < at("id=\"section-3\""));
    CHECK(at("id=\"section-3\"") < at("id=\"figure-other\""));
    CHECK(at("id=\"figure-other\"") < at("id=\"findings\""));
}
