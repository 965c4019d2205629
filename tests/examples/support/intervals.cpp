// SPDX-License-Identifier: BSL-1.0
#include <support/intervals.hpp>

#include <support/advice.hpp>
#include <support/attribution_report.hpp>
#include <support/comparison_figure.hpp>
#include <support/csv.hpp>
#include <support/page.hpp>
#include <support/pictures.hpp>
#include <support/report_tables.hpp>
#include <support/written_summary.hpp>

#include <attribution/attribute.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/parallel.hpp>
#include <attribution/report/with_intervals.hpp>

#include <scratch.hpp>
#include <small_report.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace att = attribution;
using namespace examples;

namespace {

struct touch {
    std::size_t who;
    std::string channel;
    instant at;
};
struct sale {
    std::size_t who;
    instant at;
    std::int64_t cents;
};

/// Forty customers who saw three channels; every tenth bought without having seen any.
struct world {
    std::vector<touch> touches;
    std::vector<sale> sales;

    world() {
        std::array<std::string, 3> const channels{"ad", "letter", "search"};
        instant const begin{date::sys_days{date::year{2024} / 5 / 1}};
        for (std::size_t who = 0; who < 40; ++who) {
            auto const at = begin + std::chrono::hours{who};
            if (who % 10 != 0)
                for (std::size_t place = 0; place < 2 + who % 2; ++place)
                    touches.push_back(
                        {who, channels[who * (place + 1) % 3], at + std::chrono::minutes{place}});
            sales.push_back(
                {who, at + std::chrono::minutes{30}, 1'001 + 37 * static_cast<std::int64_t>(who)});
        }
    }
};

/// By linear and by last touch, in that order.
report_model reported(world const& all, std::size_t threads = 1) {
    auto const journeys =
        att::join(att::conversions(all.sales, &sale::who, &sale::at, &sale::cents),
                  att::touchpoints(all.touches, &touch::who, &touch::at));
    auto const sure = att::with_intervals(att::by(&touch::channel));
    auto const credits = [&](auto const& model) {
        return att::attribute(att::parallel{threads}, journeys, model, att::always) | sure;
    };
    std::vector const by_channel{credits(att::linear), credits(att::last_touch)};
    auto report = small_report();
    report.unit_decimals = 2;
    report.models = {{"linear", "linear", "all share.", "#0072b2"},
                     {"last_touch", "last touch", "the last gets all.", "#009e73"}};
    report.chosen = 0;
    report.tables.clear();
    report.compared = compared(by_channel, "channel", 2);
    add_intervals(report, interval_lines(by_channel, 2));
    return report;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

/// small_report(), whose models differ by 50.00 of search, with these intervals of search.
report_model small_report_with(value_range first, value_range linear) {
    auto report = small_report();
    add_intervals(report, {{0, "search", first, "", "", ""}, {1, "search", linear, "", "", ""}});
    return report;
}

}  // namespace

TEST_CASE("intervals: they hold the amounts, of every channel and of what nobody earned") {
    auto const report = reported({});
    REQUIRE(has_intervals(report));
    for (auto const& line : report.compared.lines)
        for (std::size_t model = 0; model < 2; ++model) {
            CHECK(line.ranges[model].low <= *line.cents[model]);
            CHECK(line.ranges[model].high >= *line.cents[model]);
            CHECK(line.ranges[model].low < line.ranges[model].high);
        }
    REQUIRE(report.tables.size() == 1);
    CHECK(report.tables[0].rows.size() == 8);
    CHECK(report.tables[0].rows[0][0] == "linear");
    CHECK(report.tables[0].rows[0][1] == report.compared.lines[0].name);
    CHECK(!report.tables[0].rows[3][1]);
    CHECK(report.options.back() == std::pair<std::string, std::string>{"intervals", "95 %"});
}

TEST_CASE("intervals: the same from records in another order, and on more threads") {
    world const all;
    auto const rows = reported(all).tables[0].rows;
    for (std::size_t const threads : {std::size_t{2}, std::size_t{3}})
        CHECK(reported(all, threads).tables[0].rows == rows);
    auto other = all;
    std::ranges::reverse(other.touches);
    std::ranges::rotate(other.sales, other.sales.begin() + 17);
    CHECK(reported(other, 2).tables[0].rows == rows);
}

TEST_CASE("intervals: the file has them all") {
    scratch const here;
    auto const report = reported({});
    output_directory out{here.directory / "out"};
    CHECK(write_tables(report, out) == std::vector<std::string>{"intervals.csv"});
    out.commit();
    std::vector<std::string> const columns{"model", "channel", "amount", "lower", "upper"};
    std::size_t number = 0;
    for (auto const row : csv_reader{here.directory / "out" / "intervals.csv", columns}) {
        auto const& expected = report.tables[0].rows.at(number++);
        for (std::size_t i = 0; i < columns.size(); ++i)
            CHECK(row.field(i).text == expected[i].value_or(""));
    }
    CHECK(number == report.tables[0].rows.size());
}

TEST_CASE("intervals: hundredths are rounded outwards, below zero, too") {
    auto const report = small_report_with({-15, 15}, {-20, 20});  // thousandths
    auto const& ranges = report.compared.lines[0].ranges;
    CHECK(ranges[0].low == -2);
    CHECK(ranges[0].high == 2);
    CHECK(ranges[1].low == -2);
    CHECK(ranges[1].high == 2);
    CHECK(report.compared.lines[1].ranges[1].high == 0);  // without a line of its own
    CHECK(range_text({-1'250, 99'999}) == "-12.50 – 999.99");
    CHECK(range_text({-1'250, 123'401}) == "-13 – 1,235");
    CHECK(range_text({0, 100'000}) == "0 – 1,000");
    CHECK(range_text({-99'999, 5}) == "-999.99 – 0.05");
    CHECK(range_text({-100'000, 5}) == "-1,000 – 1");
    CHECK_THROWS_AS(add_intervals(*std::make_unique<report_model>(small_report()),
                                  {{0, "radio", {}, "", "", ""}}),
                    std::invalid_argument);
}

TEST_CASE("intervals: models agree where they overlap, and are tested first where they do not") {
    auto const said = [](report_model const& report) {
        return fmt::format("{}", fmt::join(advice_of(report), "\n"));
    };
    auto const apart = said(small_report_with({80'010, 120'000}, {40'000, 80'000}));
    CHECK(contains(apart, "not on search."));
    CHECK(contains(apart, "Test search first (50.00 USD [40.00 – 80.00] by the one, 100.00 USD "
                          "[80.01 – 120.00] by the other)"));
    auto const touching = said(small_report_with({80'000, 120'000}, {40'000, 80'000}));
    CHECK(contains(touching, "agree on every channel: their intervals overlap."));
    CHECK(!contains(touching, "Test search first"));
    CHECK(contains(said(small_report()), "Test search first (50.00 USD by the one"));
}

TEST_CASE("intervals: error bars in every picture, and none without") {
    auto const drawn = comparison_figure(reported({}), "n", "t");
    CHECK(contains(drawn.note, "Error bars: 95 % intervals."));
    auto const highest = std::ranges::max(reported({}).compared.lines[0].ranges[0].high,
                                          reported({}).compared.lines[0].ranges[1].high);
    CHECK(value_axis(drawn).high >= highest);
    auto const picture = svg(drawn);
    std::size_t bars = 0;
    for (auto at = picture.find("class=\"range\""); at != picture.npos;
         at = picture.find("class=\"range\"", at + 1))
        ++bars;
    CHECK(bars == 8);
    auto upright = drawn;
    upright.lying = false;
    CHECK(contains(svg(upright), "class=\"range\""));
    CHECK(contains(gnuplot_script(drawn), "with xerrorbars"));
    CHECK(contains(gnuplot_script(upright), "with yerrorbars"));
    auto const without = small_report().figures[0];
    CHECK(!contains(svg(without), "class=\"range\""));
    CHECK(!contains(gnuplot_script(without), "errorbars"));
}

TEST_CASE("intervals: the page and the summary show them and say what they mean") {
    auto report = small_report_with({80'010, 120'000}, {40'000, 80'000});
    report.figures = {comparison_figure(report, "channels_by_model", "By channel")};
    page_assets const assets{"body{}", "", "start()"};
    auto const page = page_html(report, assets);
    CHECK(contains(page, "<td class=\"num\">50.00<br><small>(40.00 – 80.00)</small></td>"));
    CHECK(contains(page, "\"ranges\":[[8001,12000],null,"));
    CHECK(contains(page, "They do not say whether a model is right."));
    CHECK(contains(written_summary(report), "They do not say whether a model is right."));
    auto const without = page_html(small_report(), assets);
    CHECK(!contains(without, "<small>("));
    CHECK(!contains(without, "\"ranges\""));
    CHECK(meaning_of_intervals(small_report()).empty());
    CHECK(!contains(written_summary(small_report()), "intervals"));
}
