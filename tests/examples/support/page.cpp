// SPDX-License-Identifier: BSL-1.0
#include <support/page.hpp>

#include <small_report.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

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
