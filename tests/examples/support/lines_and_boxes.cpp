// SPDX-License-Identifier: BSL-1.0
#include <support/figures.hpp>

#include <support/page.hpp>
#include <support/pictures.hpp>

#include <own_report.hpp>
#include <scratch.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

using namespace examples;

namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

line_figure revenue() {
    return std::get<line_figure>(own_report().figures[0]);
}
line_figure score() {
    return std::get<line_figure>(own_report().figures[1]);
}
box_figure family() {
    return std::get<box_figure>(own_report().figures[2]);
}

}  // namespace

TEST_CASE("words in lines") {
    CHECK(wrapped("Pipeline (currency of the data)", 17) ==
          std::vector<std::string>{"Pipeline", "(currency of the", "data)"});
    CHECK(wrapped("Pipeline (currency of the data)", 40).size() == 1);
    CHECK(wrapped("éé éé", 5).size() == 1);
    CHECK(wrapped("unbreakable", 3) == std::vector<std::string>{"unbreakable"});
    CHECK(wrapped("", 3) == std::vector<std::string>{""});
}

TEST_CASE("a line is broken where there is no value") {
    auto const parts = parts_of(revenue(), 0);
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].size() == 2);
    CHECK(parts[0][1].value == 20'000);
    CHECK(parts[1][0].place == 3);
    CHECK(parts[1][0].across == 3.0);
    CHECK(parts_of(score(), 0)[0][2].across == 45.0);
    CHECK(place_text(score(), 2) == "45");
    CHECK(place_text(revenue(), 2) == "2018-03");
}

TEST_CASE("the axis of a line covers its values, with zero only if it is wanted") {
    CHECK(value_axis(revenue()).low <= -50);
    CHECK(value_axis(revenue()).high >= 20'000);
    CHECK(value_axis(score()).low > 0);
    CHECK(value_axis(score()).low <= 210);
    auto from_zero = score();
    from_zero.from_zero = true;
    CHECK(value_axis(from_zero).low == 0);
    CHECK(value_axis(line_figure{}).high > 0);
}

TEST_CASE("the numbers of an axis have the same decimals") {
    using texts = std::vector<std::string>;
    CHECK(tick_texts({"Score", "", 2}, ticks(210, 450, 5)) ==
          texts{"2.0", "2.5", "3.0", "3.5", "4.0", "4.5"});
    CHECK(tick_texts({"Revenue", "BRL", 2}, ticks(0, 200'000, 2)) == texts{"0", "1,000", "2,000"});
    CHECK(tick_texts({"Share", "%", 1}, ticks(-5, 5, 2)) == texts{"-0.5", "0.0", "0.5"});
    CHECK(tick_texts({"Accounts"}, ticks(0, 2, 2)) == texts{"0", "1", "2"});
}

TEST_CASE("names below a picture are slanted only if they would run into each other") {
    CHECK(!contains(svg(family()), "rotate(-45"));
    auto many = family();
    many.boxes.resize(60, many.boxes[0]);
    CHECK(contains(svg(many), "rotate(-45"));
}

TEST_CASE("a box of values") {
    auto const one = box_of("x", {4, 1, 3, 2});
    CHECK(one.first_quartile == 1);
    CHECK(one.median == 2);
    CHECK(one.third_quartile == 3);
    CHECK(one.low == 1);
    CHECK(one.high == 4);
    CHECK(one.outliers.empty());
    CHECK(one.count == 4);

    // The box is 2 to 3, so whiskers reach from 0.5 to 4.5.
    auto const far = box_of("x", {0, 1, 2, 2, 2, 3, 3, 3, 4, 5});
    CHECK(far.first_quartile == 2);
    CHECK(far.third_quartile == 3);
    CHECK(far.low == 1);
    CHECK(far.high == 4);
    CHECK(far.outliers == std::vector<std::int64_t>{0, 5});

    auto const extreme = box_of("x", {std::numeric_limits<std::int64_t>::min(), 0, 0, 0,
                                      std::numeric_limits<std::int64_t>::max()});
    CHECK(extreme.outliers.size() == 2);
    CHECK(box_of("x", {7}).median == 7);
    CHECK_THROWS_AS((void)box_of("x", {}), std::invalid_argument);
}

TEST_CASE("a whisker ends at the last value within one and a half boxes, that one included") {
    auto const one = box_of("x", {0, 2, 2, 4, 4, 7});  // box 2 to 4: up to 7, down to -1
    CHECK(one.high == 7);
    CHECK(one.low == 0);
    CHECK(box_of("x", {0, 2, 2, 4, 4, 8}).outliers == std::vector<std::int64_t>{8});
}

TEST_CASE("lines and boxes in the page") {
    auto const line = svg(revenue());
    CHECK(contains(line, "<title>2018-02, all: 200 BRL</title>"));
    CHECK(contains(line, "<title>2018-01, new: -0.50 BRL</title>"));
    CHECK(contains(line, ">Revenue (BRL)</text>"));
    CHECK(contains(line, ">2018-03</text>"));
    std::size_t lines = 0;
    for (auto at = line.find("<polyline"); at != line.npos; at = line.find("<polyline", at + 1))
        ++lines;
    CHECK(lines == 3);  // one is broken
    CHECK(contains(svg(score()), "<title>45 days: 2.10</title>"));
    auto const boxes = svg(family());
    CHECK(contains(boxes, "<title>Work: median 2, half of them from 2 to 3, whiskers from 1 to 4, "
                          "1 outlier</title>"));
    CHECK(contains(boxes, "class=\"outlier\""));
    CHECK(contains(svg(line_figure{.name = "x", .title = "X"}), "No data"));
    CHECK(contains(svg(box_figure{.name = "x", .title = "X"}), "No data"));
}

TEST_CASE("an axis title is shown whole") {
    auto drawn = revenue();
    drawn.value.title = "Pipeline in the currency of the data, before discounts and taxes";
    auto const picture = svg(drawn);
    CHECK(contains(picture, ">Pipeline in the currency of the data, before</text>"));
    CHECK(contains(picture, ">discounts and taxes (BRL)</text>"));
    auto const script = gnuplot_script(drawn);
    CHECK(contains(script, "set ylabel 'Pipeline in the currency of the data, before'.\"\\n\"."
                           "'discounts and taxes (BRL)'"));
}

TEST_CASE("lines and boxes are drawn by gnuplot") {
    CHECK(contains(gnuplot_script(revenue()), "0 10050\n1 20000\n\n3 5\n"));
    CHECK(contains(gnuplot_script(score()), "45 210\n"));
    CHECK(contains(gnuplot_script(family()), "0 2 1 4 3 2\n"));
    CHECK(contains(gnuplot_script(family()), "$outliers << EOD\n0 40\nEOD"));
    CHECK(contains(gnuplot_script(line_figure{.name = "x", .title = "X"}), "No data"));
    CHECK(contains(gnuplot_script(box_figure{.name = "x", .title = "X"}), "No data"));
    scratch const place;
    output_directory out{place.directory / "out"};
    auto figures = own_report().figures;
    figures.emplace_back(line_figure{.name = "nothing", .title = "Nothing"});
    auto const drawn = draw_pictures(figures, out);
    if (!drawn.left_out.empty())
        return;
    CHECK(drawn.files == std::vector<std::string>{"revenue_by_month.png", "score_by_days.png",
                                                  "family_size.png", "nothing.png"});
    out.commit();
}

TEST_CASE("lines and boxes as the script reads them") {
    auto const page = page_html(own_report(), {"", "", ""});
    constexpr std::string_view begin = "id=\"report-data\">";
    auto const from = page.find(begin) + begin.size();
    auto const data = nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
    auto const& figures = data["figures"];
    REQUIRE(figures.size() == 3);
    CHECK(figures[0]["kind"] == "lines");
    CHECK(figures[0]["series"][0]["values"][2].is_null());
    CHECK(figures[1]["at"][2] == 45);
    CHECK(figures[1]["fromZero"] == false);
    CHECK(figures[2]["boxes"][0]["outliers"] == nlohmann::json::array({40}));
}
