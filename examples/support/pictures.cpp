// SPDX-License-Identifier: BSL-1.0
#include <support/pictures.hpp>

#include <support/gnuplot_script.hpp>
#include <support/process.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace examples {

namespace drawn_by_gnuplot {

namespace {

void histogram_axis(script& to, bar_figure const& drawn) {
    auto const& edges = drawn.edges;
    auto const shift = counts_whole(drawn) ? 0.5 : 0.0;
    std::size_t letters = 0;
    for (auto const edge : edges)
        letters = std::max(letters, characters(value_text(drawn.across, edge)));
    auto const fit = std::max<std::size_t>(1, 105 / (letters + 2));
    auto const stride = (edges.size() + fit - 1) / fit;
    auto const shown = counts_whole(drawn) ? edges.size() - 1 : edges.size();
    to.tics('x', drawn.across,
            {edges.front(),
             edges.back(),
             0,
             {edges.begin(), edges.begin() + static_cast<std::ptrdiff_t>(shown)}},
            stride);
    to.line("set xrange [{}:{}]", static_cast<double>(edges.front()) - shift,
            static_cast<double>(edges.back()) - shift);
}

void category_axis(script& to, bar_figure const& drawn) {
    to.names(drawn.lying ? 'y' : 'x', drawn.categories);
    if (drawn.slanted)
        to.line("set xtics rotate by 45 right");
    auto const end = static_cast<double>(drawn.categories.size()) - 0.5;
    if (drawn.lying)
        to.line("set yrange [{}:-0.5]", end);
    else
        to.line("set xrange [-0.5:{}]", end);
}

/// Over the bars: a point that cannot be seen, and the line through it.
void add_error_bars(script& to, bar_figure const& drawn, std::vector<std::vector<bar>> const& bars,
                    std::vector<std::string>& plots) {
    for (std::size_t s = 0; s < bars.size(); ++s) {
        if (bars[s].empty() || drawn.series[s].ranges.empty())
            continue;
        to.line("$e{} << EOD", s);
        for (auto const& one : bars[s])
            if (auto const range = range_of(drawn.series[s], one)) {
                auto const middle = (one.from + one.to) / 2;
                if (drawn.lying)
                    to.line("{} {} {} {}", range->low, middle, range->low, range->high);
                else
                    to.line("{} {} {} {}", middle, range->low, range->low, range->high);
            }
        to.line("EOD");
        plots.push_back(fmt::format("$e{} using 1:2:3:4 with {}errorbars pt -1 lw 1.3 lc rgb "
                                    "'#222222' notitle",
                                    s, drawn.lying ? 'x' : 'y'));
    }
}

int height_of(bar_figure const& drawn) {
    if (!drawn.lying)
        return 620;
    auto const series = drawn.stacked ? 1 : static_cast<int>(drawn.series.size());
    return 170 + static_cast<int>(drawn.categories.size()) * (series * 11 + 14);
}

}  // namespace

std::string commands(bar_figure const& drawn) {
    script to;
    to.begin(drawn.title, drawn.note, height_of(drawn));
    auto const bars = bars_of(drawn);
    if (std::ranges::all_of(bars, [](auto const& one) { return one.empty(); })) {
        to.nothing();
        return to.text;
    }
    auto const values = value_axis(drawn);
    to.tics(drawn.lying ? 'x' : 'y', drawn.value, values);
    if (drawn.edges.empty())
        category_axis(to, drawn);
    else
        histogram_axis(to, drawn);
    auto const across = axis_title(drawn.across);
    auto const value = axis_title(drawn.value);
    to.titles(drawn.lying ? value : across, drawn.lying ? across : value);
    to.line("set grid {}tics back lc rgb '#dddddd' lt 1", drawn.lying ? 'x' : 'y');
    if (!drawn.note.empty()) {
        std::size_t longest = 0;
        for (auto const& category : drawn.categories)
            longest = std::max(longest, std::min(characters(category), label_length));
        to.line("set bmargin {}", drawn.slanted ? 6 + longest / 3 : 6);
    }
    if (drawn.lying && drawn.note.empty())
        to.line("set bmargin 8");  // room for the key
    // Where it cannot cover a bar or the note.
    to.line("set key outside {} reverse Left samplen 1.5", !drawn.lying ? "right top"
                                                           : drawn.note.empty()
                                                               ? "bottom center horizontal"
                                                               : "top center horizontal");

    std::vector<std::string> plots;
    for (std::size_t s = 0; s < bars.size(); ++s) {
        if (bars[s].empty())
            continue;
        to.line("$s{} << EOD", s);
        for (auto const& one : bars[s]) {
            auto const middle = (one.from + one.to) / 2;
            if (drawn.lying)
                to.line("{} {} {} {} {} {}", one.high, middle, one.low, one.high, one.from, one.to);
            else
                to.line("{} {} {} {} {} {}", middle, one.high, one.from, one.to, one.low, one.high);
        }
        to.line("EOD");
        plots.push_back(fmt::format(
            "$s{} using 1:2:3:4:5:6 with boxxyerror fs solid border rgb '#ffffff' lc rgb '{}' {}",
            s, drawn.series[s].colour,
            drawn.series[s].name.empty() ? "notitle"
                                         : "title " + as_text(drawn.series[s].name, label_length)));
    }
    add_error_bars(to, drawn, bars, plots);
    for (std::size_t m = 0; m < drawn.marks.size(); ++m) {
        auto const& mark = drawn.marks[m];
        to.line("$m{} << EOD\n{} {}\n{} {}\nEOD", m, mark.at, values.low, mark.at, values.high);
        auto const unit = drawn.across.unit.empty() ? "" : ' ' + drawn.across.unit;
        plots.push_back(fmt::format("$m{} with lines lw 3 dt {} lc rgb '{}' title {}", m,
                                    m == 0 ? "1" : "'-'", m == 0 ? "#000000" : "#d55e00",
                                    as_text(fmt::format("{}: {}{}", mark.name, mark.text, unit))));
    }
    to.line("plot {}", fmt::join(plots, ", \\\n     "));
    return to.text;
}

std::string commands(heatmap_figure const& drawn) {
    script to;
    to.begin(drawn.title, drawn.note, 230 + 52 * static_cast<int>(drawn.rows.size()));
    if (drawn.rows.empty() || drawn.columns.empty()) {
        to.nothing();
        return to.text;
    }
    to.names('x', drawn.columns);
    to.line("set xtics rotate by 30 right");
    to.names('y', drawn.rows);
    to.line("set xrange [-0.5:{}.5]", drawn.columns.size() - 1);
    to.line("set yrange [{}.5:-0.5]", drawn.rows.size() - 1);
    to.titles(drawn.column_title, drawn.row_title);
    to.line("unset border; unset key");
    to.line("set bmargin 9");
    auto number = 10;
    for (std::size_t r = 0; r < drawn.rows.size(); ++r)
        for (std::size_t c = 0; c < drawn.columns.size(); ++c) {
            auto const& shade = drawn.shades[r][c];
            to.line("set object {} rect center {},{} size 0.97,0.96 fc rgb '{}' fs solid noborder "
                    "behind",
                    number, c, r, shade_colour(shade));
            to.line("set label {} {} at {},{} center tc rgb '{}'", number,
                    as_text(drawn.texts[r][c]), c, r, text_colour(shade));
            ++number;
        }
    to.line("plot NaN");
    return to.text;
}

}  // namespace drawn_by_gnuplot

std::string gnuplot_script(figure const& drawn) {
    return std::visit([](auto const& one) { return drawn_by_gnuplot::commands(one); }, drawn);
}

pictures draw_pictures(std::vector<figure> const& figures, output_directory& out,
                       std::string_view gnuplot) {
    constexpr std::string_view signature = "\x89PNG\r\n\x1A\n";
    pictures result;
    for (auto const& one : figures) {
        auto const drawn = run_filter({std::string{gnuplot}, "-d"}, gnuplot_script(one));
        if (!drawn.found) {
            result.left_out = "pictures left out: gnuplot is not installed";
            return result;
        }
        if (drawn.errors.find("unknown or ambiguous terminal") != std::string::npos) {
            result.left_out = "pictures left out: this gnuplot cannot draw PNG (pngcairo)";
            return result;
        }
        auto const name = figure_name(one) + ".png";
        if (drawn.status != 0 || !drawn.output.starts_with(signature))
            throw output_error{
                fmt::format("{}: gnuplot failed: {}", name, label_text(drawn.errors, 300))};
        out.file(name).write(drawn.output);
        result.files.push_back(name);
    }
    return result;
}

}  // namespace examples
