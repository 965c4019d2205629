// SPDX-License-Identifier: BSL-1.0
// What is drawn and written of many small figures and reports, to the byte, as digests: whatever no other
// test asks of a picture, a page or a summary. Other tests say whether it is right.
#include <support/attribution_figures.hpp>
#include <support/findings_output.hpp>
#include <support/intervals.hpp>
#include <support/page.hpp>
#include <support/pictures.hpp>
#include <support/report_program.hpp>
#include <support/report_tables.hpp>
#include <support/sha256.hpp>
#include <support/written_summary.hpp>

#include <own_report.hpp>
#include <small_report.hpp>

#include <date/date.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace examples;

namespace {

/// Writes the text to a file, to be looked at, if it is not what it was. With PIN_RUNS in the
/// environment all digests are printed.
void check_same(std::string const& name, std::string const& text,
                std::map<std::string_view, std::string_view> const& before) {
    auto const digest = hexadecimal(sha256(text)).substr(0, 12);
    if (std::getenv("PIN_RUNS") != nullptr)
        fmt::print("        {{\"{}\", \"{}\"}},\n", name, digest);
    auto const found = before.find(name);
    auto const same = found != before.end() && found->second == digest;
    auto const file = std::filesystem::temp_directory_path() / ("pinned_" + name + ".txt");
    if (!same)
        std::ofstream{file, std::ios::binary} << text;
    INFO(name, " is now in ", file.string());
    CHECK(same);
}

std::string both(figure const& drawn) {
    return svg(drawn) + '\n' + gnuplot_script(drawn);
}

// --- Figures

bar_figure bars() {
    return {.name = "bars",
            .title = "Bars <1>",
            .across = {"Channel"},
            .value = {"Revenue", "USD", 2},
            .categories = {"search", "a channel of a very long name indeed, é", "direct"},
            .series = {{"first", "#0072b2", {12'345, std::nullopt, -4'200}},
                       {"linear", "#e69f00", {10'000, 2'345, -4'200}},
                       {"last", "#009e73", {1, 0, 7'999}}}};
}

heatmap_figure heatmap(std::size_t columns) {
    heatmap_figure drawn{.name = "map",
                         .title = "Map",
                         .note = "Of & all.",
                         .row_title = "Row",
                         .column_title = "Column",
                         .rows = {"a", "a row of a very long name, longer than its label"}};
    for (std::size_t c = 0; c < columns; ++c)
        drawn.columns.push_back(fmt::format("column {}", c));
    for (std::size_t r = 0; r < drawn.rows.size(); ++r) {
        auto& shades = drawn.shades.emplace_back();
        auto& texts = drawn.texts.emplace_back();
        for (std::size_t c = 0; c < columns; ++c) {
            if (c == 1)
                shades.emplace_back();
            else
                shades.emplace_back(static_cast<double>(c) / 16 - static_cast<double>(r));
            texts.push_back(fmt::format("{}", c));
        }
    }
    return drawn;
}

line_figure lines(std::size_t categories) {
    line_figure drawn{.name = "lines",
                      .title = "Lines",
                      .across = {"Month"},
                      .value = {"Revenue", "USD", 2},
                      .series = {{"a", "#0072b2", {}}, {"", "#e69f00", {}}}};
    for (std::size_t i = 0; i < categories; ++i) {
        drawn.categories.push_back(fmt::format("month {}", i + 1));
        auto const value = static_cast<std::int64_t>(i * i) * 1'234 - 500;
        drawn.series[0].values.emplace_back(value);
        if (i % 4 == 2)
            drawn.series[1].values.emplace_back();
        else
            drawn.series[1].values.emplace_back(value / 3);
    }
    return drawn;
}

line_figure numbered(std::vector<std::int64_t> at) {
    line_figure drawn{.name = "numbered",
                      .title = "Numbered",
                      .note = "By days.",
                      .across = {"Delivery", "days"},
                      .value = {"Score"},
                      .at = std::move(at),
                      .series = {{"mean", "#0072b2", {}}},
                      .from_zero = false};
    for (auto const one : drawn.at)
        drawn.series[0].values.emplace_back(40 - one % 7);
    return drawn;
}

box_figure boxes(std::size_t categories) {
    box_figure drawn{.name = "boxes",
                     .title = "Boxes",
                     .across = {"Visa"},
                     .value = {"Work", "hours", 1},
                     .colour = "#009e73"};
    for (std::size_t i = 0; i < categories; ++i) {
        auto const first = static_cast<std::int64_t>(i);
        drawn.boxes.push_back(
            box_of(fmt::format("kind {}", i), {first, 12, 15, 20, 22, 25 + first, 31, 90}));
    }
    return drawn;
}

std::vector<std::int64_t> squares(std::int64_t count, std::int64_t factor) {
    std::vector<std::int64_t> values;
    for (std::int64_t i = 0; i < count; ++i)
        values.push_back(i * i * factor);
    return values;
}

template <class Figure>
Figure changed(Figure drawn, std::function<void(Figure&)> const& change) {
    change(drawn);
    return drawn;
}

std::map<std::string, figure> figures() {
    std::map<std::string, figure> all;
    auto const bar = [&](std::string const& name, std::function<void(bar_figure&)> const& change) {
        all.emplace("bars_" + name, changed<bar_figure>(bars(), change));
    };
    auto const with_ranges = [](bar_figure& drawn) {
        drawn.series[0].ranges = {value_range{12'000, 20'050}, std::nullopt,
                                  value_range{-9'000, 100}};
        drawn.series[2].ranges = {value_range{0, 1}, value_range{-1, 0}, std::nullopt};
    };
    bar("upright", [](auto&) {});
    bar("slanted", [](auto& drawn) { drawn.slanted = true; });
    bar("slanted_with_note", [](auto& drawn) {
        drawn.slanted = true;
        drawn.note = "A note.";
    });
    bar("stacked", [](auto& drawn) { drawn.stacked = true; });
    bar("lying", [](auto& drawn) { drawn.lying = true; });
    bar("lying_stacked_with_note", [](auto& drawn) {
        drawn.lying = drawn.stacked = true;
        drawn.note = "A note.";
    });
    bar("upright_ranges", with_ranges);
    bar("lying_ranges", [&](auto& drawn) {
        with_ranges(drawn);
        drawn.lying = true;
    });
    bar("one_series_without_name_and_unit", [](auto& drawn) {
        drawn.series.resize(1);
        drawn.series[0].name.clear();
        drawn.value = {"Count"};
    });
    bar("without_values", [](auto& drawn) { drawn.series.resize(0); });
    bar("of_very_many", [](auto& drawn) {
        drawn.lying = true;
        for (std::size_t i = 0; i < 12; ++i) {
            drawn.categories.push_back(fmt::format("{}", i));
            for (auto& one : drawn.series)
                one.values.emplace_back(static_cast<std::int64_t>(i * 1'000));
        }
    });
    auto const distribution = [&](std::string const& name, measure across,
                                  std::vector<std::int64_t> values, std::int64_t least = 1) {
        all.emplace("histogram_" + name, histogram("h", "H", std::move(across), {"Accounts"},
                                                   std::move(values), "#0072b2", least));
    };
    distribution("of_counts", {"Users"}, {1, 1, 2, 4, 4, 4, 9});
    distribution("of_wide_counts", {"Users", "people"}, squares(40, 3));
    distribution("of_days", {"Age", "days"}, squares(12, 1), 7);
    distribution("of_amounts", {"Revenue", "USD", 2}, squares(50, 997));
    distribution("of_large_amounts", {"Revenue", "USD", 2}, squares(30, 123'456'789'012));
    distribution("of_refunds", {"Revenue", "USD", 2}, {-50'000, -1, 0, 1, 12'345});
    distribution("of_one", {"Users"}, {5});
    for (auto const largest : {17, 18, 19, 20})
        distribution(fmt::format("up_to_{}", largest), {"Users"}, {0, largest});
    for (auto const columns : {0U, 1U, 3U, 17U})
        all.emplace(fmt::format("heatmap_{}", columns), heatmap(columns));
    for (auto const categories : {0U, 1U, 2U, 9U, 12U, 13U, 40U})
        all.emplace(fmt::format("lines_{}", categories), lines(categories));
    all.emplace("numbered_one", numbered({7}));
    all.emplace("numbered_few", numbered({-3, 0, 7, 45}));
    all.emplace("numbered_wide", numbered({0, 1'000, 123'456}));
    for (auto const categories : {0U, 1U, 3U, 14U, 30U})
        all.emplace(fmt::format("boxes_{}", categories), boxes(categories));
    all.emplace("boxes_with_note",
                changed<box_figure>(boxes(2), [](auto& drawn) { drawn.note = "A note."; }));
    return all;
}

// --- Reports

/// Those that programs draw of an attribution.
std::string figures_of(report_model const& report) {
    if (report.models.empty())
        return {};
    return both(segment_figure(report, "segments")) + both(time_to_conversion_figure(report)) +
           both(monthly_figure(report, "months", "By month", "Month", "A note.",
                               {"Revenue", "USD", 2}));
}

std::string all_of(report_model const& report) {
    std::string tables = figures_of(report);
    for (auto const& table : report.tables)
        tables += table_text(table, 2) + '\n';
    return page_html(report, {"style", "charts", "script"}) + '\n' +
           page_html(report, {"style", "", "script"}) + '\n' + written_summary(report) + '\n' +
           report_json(report, {"out/a.csv"}, {}) + '\n' + findings_table(report.found) + '\n' +
           comparison_text(report.compared, report.models) + '\n' + tables +
           key_figures_text(report.key_figures);
}

attribution::finding finding_of(std::string rule, attribution::severity severity,
                                std::size_t count) {
    attribution::finding found{.rule = std::move(rule),
                               .severity = severity,
                               .text = "text is <odd>",
                               .checked = 1'234,
                               .count = count};
    for (std::size_t i = 0; i < std::min<std::size_t>(count, 5); ++i)
        found.rows.push_back(2 + i);
    return found;
}

/// Channels by as many models, with amounts that differ more and more.
void compare(report_model& report, std::size_t channels, std::size_t models) {
    report.models.clear();
    for (std::size_t m = 0; m < models; ++m)
        report.models.push_back({fmt::format("model_{}", m), fmt::format("model {}", m), "it is.",
                                 std::string{palette[m % std::size(palette)]}});
    report.chosen = models / 2;
    report.compared = {"channel", {}, std::vector<std::int64_t>(models)};
    report.by_channel.clear();
    report.by_group.clear();
    report.paths.clear();
    report.proof.clear();
    for (std::size_t c = 0; c <= channels; ++c) {
        auto const attributed = c < channels;
        auto& line = report.compared.lines.emplace_back(comparison::line{
            attributed ? fmt::format("channel {}", c) : "unattributed", attributed});
        for (std::size_t m = 0; m < models; ++m) {
            auto const cents = static_cast<std::int64_t>(10'000 + c % 3 * 100 + c * m * 170);
            line.cents.emplace_back(cents);
            report.compared.totals[m] += cents;
            auto const units = cents * 10;
            report.by_channel.push_back({m, "", line.name, attributed, units});
            report.by_group.push_back(
                {m, c % 2 == 0 ? "even" : "odd", line.name, attributed, units});
        }
    }
    report.figures = {comparison_figure(report, "channels_by_model", "By channel")};
}

void with_intervals(report_model& report, std::int64_t width) {
    for (auto& line : report.compared.lines)
        for (auto const& cents : line.cents)
            line.ranges.push_back({cents.value_or(0) - width, cents.value_or(0) + width});
    report.figures = {comparison_figure(report, "channels_by_model", "By channel")};
}

/// A conversion in each of so many months, each with a touchpoint some days before.
void sell_for(report_model& report, int months, std::size_t channels = 8) {
    compare(report, channels, 2);
    for (int i = 0; i < months; ++i) {
        auto const month = date::year_month{date::year{2010}, date::January} + date::months{i};
        auto const at = date::sys_days{month / (1 + i % 28)} + std::chrono::hours{i % 24};
        conversion_path path{
            fmt::format("sale {}", i), i % 2 == 0 ? "even" : "odd", at, 1'005 + i, "credited", {}};
        if (i % 5 != 4)
            path.steps.push_back(
                {"click",
                 fmt::format("channel {}", static_cast<std::size_t>(i) % channels),
                 "who",
                 at - std::chrono::hours{11 * i % 300},
                 {path.units, i % 3 == 0 ? std::nullopt : std::optional{path.units}}});
        report.paths.push_back(std::move(path));
    }
}

std::map<std::string, report_model> reports() {
    using attribution::severity;
    std::map<std::string, report_model> all;
    auto const add = [&](
                         std::string const& name, report_model report,
                         std::function<void(report_model&)> const& change = [](auto&) {}) {
        change(report);
        all.emplace(name, std::move(report));
    };
    add("small", small_report());
    add("own", own_report());
    add("own_without_policy", own_report(), [](auto& report) { report.policy.clear(); });
    add("own_with_reasons", own_report(), [](auto& report) {
        report.reasons = {{"rows", {{"used", 1}, {"left out", 2}}}, {"nothing", {}}};
        report.tables[0].total = {"all", "1030", "-1.5", std::nullopt, std::nullopt, std::nullopt};
        report.tables[0].columns[3].if_used = true;
        report.tables[0].columns[4].if_used = true;
        report.tables[0].rows[0][3] = std::nullopt;
        report.key_figures[1].note = "3 % of 5 % <b>";
    });
    add("small_without_words", small_report(), [](auto& report) {
        report.currency.clear();
        report.words.group.clear();
        report.by_group.clear();
        report.policy.clear();
        report.options.clear();
        report.reasons.clear();
        report.figures.clear();
        report.texts_cut = 1;
    });
    add("small_with_all", small_report(), [&](auto& report) {
        for (auto& one : own_report().tables)
            report.tables.push_back(std::move(one));
        for (auto& one : report.tables)
            one.section.clear();
        report.key_figures = {{"Sold", "12 USD", "7 % of it", ""}, {"Lost", "3", "", ""}};
        report.changes = {"Two *orders* came later.", "One went."};
        report.texts_cut = 1'234;
        report.inputs.push_back({"b.csv", 1'234'567, std::string(64, 'b')});
        report.found.add(finding_of("b", severity::warning, 1));
    });
    add("findings", small_report(), [&](auto& report) {
        report.found.add(finding_of("d", severity::warning, 7));
        report.found.add(finding_of("c", severity::error, 7));
        report.found.add(finding_of("e", severity::error, 0));
        report.found.add(finding_of("f", severity::info, 1'000));
        auto noted = finding_of("a", severity::warning, 2);
        noted.notes = {"one", "two"};
        report.found.add(noted);
        report.found.add(finding_of("g", severity::error, 1));
    });
    add("no_findings", small_report(), [](auto& report) { report.found = {}; });
    for (auto const warnings : {1U, 2U})
        add(fmt::format("warnings_{}", warnings), own_report(),
            [&](auto& report) { report.found.add(finding_of("w", severity::warning, warnings)); });
    add("one_conversion", small_report(), [](auto& report) { report.paths.resize(1); });
    add("nothing_credited", small_report(), [](auto& report) {
        std::erase_if(report.compared.lines, [](auto const& line) { return line.attributed; });
        for (auto& path : report.paths)
            path.steps.clear();
    });
    add("ties", small_report(), [](auto& report) {
        report.compared.lines[1].cents = {5'000, 5'000};
        report.compared.lines[0].cents = {5'000, 5'000};
        report.paths.push_back(report.paths[0]);
        report.paths.back().name = "later";
    });
    add("negative", small_report(), [](auto& report) {
        report.compared.lines[0].cents = {-10'000, -5'000};
        report.compared.totals = {-7'950, 2'050};
    });
    add("sections", small_report(), [](auto& report) {
        report.sections = {"Before", "", "After"};
        report.key_figures = {{"Sold", "12", "", "After"}};
        auto other = bars();
        other.section = "After";
        report.figures.emplace_back(other);
        other.name = "third";
        other.section.clear();
        report.figures.emplace_back(other);
    });
    for (auto const months : {1, 2, 119, 120, 121, 130})
        add(fmt::format("months_{}", months), small_report(),
            [&](auto& report) { sell_for(report, months); });
    for (auto const days : {3'651, 3'652, 40'000})  // 120 months are shown, also empty ones
        add(fmt::format("months_apart_{}", days), small_report(), [&](auto& report) {
            sell_for(report, 1);
            report.paths.push_back(report.paths[0]);
            report.paths[1].at += date::days{days};
        });
    for (auto const channels : {6U, 7U})
        add(fmt::format("months_of_{}", channels), small_report(),
            [&](auto& report) { sell_for(report, 20, channels); });
    for (auto const channels : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 30U, 31U})
        for (auto const models : {1U, 2U, 4U})
            add(fmt::format("compared_{}_{}", channels, models), small_report(),
                [&](auto& report) { compare(report, channels, models); });
    for (auto const width : {50, 1'000, 1'000'000})
        add(fmt::format("intervals_{}", width), small_report(), [&](auto& report) {
            compare(report, 4, 3);
            with_intervals(report, width);
        });
    add("intervals_of_31", small_report(), [](auto& report) {
        compare(report, 31, 2);
        with_intervals(report, 700);
    });
    for (auto const rows : {49U, 50U, 51U, 1'000U, 1'001U})
        add(fmt::format("rows_{}", rows), own_report(), [&](auto& report) {
            report.tables = {{.name = "long", .columns = {{"id"}, {"n", column_kind::integer}}}};
            for (std::size_t i = 0; i < rows; ++i)
                report.tables[0].rows.push_back({fmt::format("{}", i), fmt::format("{}", i * i)});
        });
    return all;
}

std::map<std::string_view, std::string_view> digests() {
    return {
        {"bars_lying", "715ff89afda1"},
        {"bars_lying_ranges", "676c8a07df96"},
        {"bars_lying_stacked_with_note", "f45b1cd45658"},
        {"bars_of_very_many", "a8b5cd403b2e"},
        {"bars_one_series_without_name_and_unit", "5b6b3568214e"},
        {"bars_slanted", "12be4d7e0053"},
        {"bars_slanted_with_note", "90a611b42f8d"},
        {"bars_stacked", "9bd72253a68a"},
        {"bars_upright", "f2fef970ccbc"},
        {"bars_upright_ranges", "5b76c1680216"},
        {"bars_without_values", "335bce5e3173"},
        {"boxes_0", "be216f00532a"},
        {"boxes_1", "f9379ba09af1"},
        {"boxes_14", "bb3a02ede20a"},
        {"boxes_3", "e661c0e299ce"},
        {"boxes_30", "06a87cd8dc2d"},
        {"boxes_with_note", "b0cb5e2367e7"},
        {"compared_1_1", "7cd38c50bd72"},
        {"compared_1_2", "7f635706d192"},
        {"compared_1_4", "003b8e53956d"},
        {"compared_2_1", "f2f75b22958b"},
        {"compared_2_2", "08d006ca8f73"},
        {"compared_2_4", "90e833049608"},
        {"compared_30_1", "2461c42971d5"},
        {"compared_30_2", "9f636ce1e16c"},
        {"compared_30_4", "db2aae9c30ca"},
        {"compared_31_1", "c0f70a7b8559"},
        {"compared_31_2", "27273dac7e85"},
        {"compared_31_4", "f687d975bf2f"},
        {"compared_3_1", "99e06893eadb"},
        {"compared_3_2", "37be55b11cec"},
        {"compared_3_4", "7a0707429cf0"},
        {"compared_4_1", "d9c43aff5e43"},
        {"compared_4_2", "ac56d4abd88a"},
        {"compared_4_4", "1276320aa041"},
        {"compared_5_1", "219f68abc6f7"},
        {"compared_5_2", "d7db48240b3d"},
        {"compared_5_4", "551562de4461"},
        {"compared_6_1", "0bc140f75d79"},
        {"compared_6_2", "a3a893b35cda"},
        {"compared_6_4", "0731d0d6794b"},
        {"compared_7_1", "bd770a57e3b6"},
        {"compared_7_2", "cd67f6aed8b3"},
        {"compared_7_4", "1fd9253312a5"},
        {"compared_8_1", "4bbbb4512421"},
        {"compared_8_2", "e01e8433ada6"},
        {"compared_8_4", "26f9f050726b"},
        {"findings", "df0a4cbd8938"},
        {"heatmap_0", "5f6948cd36ab"},
        {"heatmap_1", "be980d16df43"},
        {"heatmap_17", "6f63568be293"},
        {"heatmap_3", "d6c82e6a33c0"},
        {"histogram_of_amounts", "a71fb0d47058"},
        {"histogram_of_counts", "ef233d03e517"},
        {"histogram_of_days", "3e687937d87e"},
        {"histogram_of_large_amounts", "0a9ae4c85614"},
        {"histogram_of_one", "5ba7f7c2f3cb"},
        {"histogram_of_refunds", "d3d9c793f084"},
        {"histogram_of_wide_counts", "78c38505902f"},
        {"histogram_up_to_17", "cbf0759f76c3"},
        {"histogram_up_to_18", "4b95d4d8c568"},
        {"histogram_up_to_19", "3815d01dd2d4"},
        {"histogram_up_to_20", "1e2a95287398"},
        {"intervals_1000", "da2d7ffafb15"},
        {"intervals_1000000", "460cb40ed10f"},
        {"intervals_50", "589ae8ecb49f"},
        {"intervals_of_31", "e2189d524ed0"},
        {"lines_0", "7835cbf91ee8"},
        {"lines_1", "4230dfc87033"},
        {"lines_12", "2d9c292034e0"},
        {"lines_13", "ab6c175a432d"},
        {"lines_2", "48eadbec722b"},
        {"lines_40", "6dcfe1091087"},
        {"lines_9", "65323a645617"},
        {"months_1", "a9fc50996897"},
        {"months_119", "fee14232bcd8"},
        {"months_120", "97ad4ffa33f6"},
        {"months_121", "900ea8ff259d"},
        {"months_130", "497ae0ac72fc"},
        {"months_2", "e1a7356aab13"},
        {"months_apart_3651", "fb7f6460c024"},
        {"months_apart_3652", "39c769cebea6"},
        {"months_apart_40000", "ed7f3449cc14"},
        {"months_of_6", "5acf418658d2"},
        {"months_of_7", "5869e833c356"},
        {"negative", "2d47b73da1c1"},
        {"no_findings", "fad34f8b4690"},
        {"nothing_credited", "48cfdf03623a"},
        {"numbered_few", "ff3dd7864d19"},
        {"numbered_one", "389e418237e5"},
        {"numbered_wide", "95fa8347e0f1"},
        {"one_conversion", "363942c1a987"},
        {"own", "529645d9a581"},
        {"own_with_reasons", "fa668f0831f7"},
        {"own_without_policy", "21ea710a9930"},
        {"rows_1000", "5ba6779e2aed"},
        {"rows_1001", "765d0460d328"},
        {"rows_49", "9d455c469fe4"},
        {"rows_50", "52d45179521c"},
        {"rows_51", "3b9ef7eb122d"},
        {"sections", "f7870c86f933"},
        {"small", "7b99fd676561"},
        {"small_with_all", "b847ea40f184"},
        {"small_without_words", "9823ebba4a8a"},
        {"ties", "5bbbd183d50d"},
        {"warnings_1", "4ac4d41449ac"},
        {"warnings_2", "4749bbf16f71"},
    };
}

}  // namespace

TEST_CASE("pictures are drawn as they were") {
    for (auto const& [name, drawn] : figures())
        check_same(name, both(drawn), digests());
}

TEST_CASE("pages, summaries and results are written as they were") {
    for (auto const& [name, report] : reports())
        check_same(name, all_of(report), digests());
}
