// SPDX-License-Identifier: BSL-1.0
#include <support/gnuplot_script.hpp>

#include <algorithm>
#include <cstddef>

namespace examples::drawn_by_gnuplot {

namespace {

constexpr int height = 620;

void upright(script& to, measure const& across, measure const& value, axis_ticks const& values) {
    to.tics('y', value, values);
    to.titles(axis_title(across), axis_title(value));
    to.line("set grid ytics back lc rgb '#dddddd' lt 1");
}

void beside_each_other(script& to, std::vector<std::string> const& names) {
    to.names('x', names);
    to.line("set xrange [-0.5:{}]", static_cast<double>(names.size()) - 0.5);
    std::size_t letters = 0;
    for (auto const& name : names)
        letters += std::min(characters(name), label_length) + 2;
    if (letters > 110)
        to.line("set xtics rotate by 45 right");
}

}  // namespace

std::string commands(line_figure const& drawn) {
    script to;
    to.begin(drawn.title, drawn.note, height);
    std::vector<std::string> plots;
    for (std::size_t s = 0; s < drawn.series.size(); ++s) {
        auto const parts = parts_of(drawn, s);
        if (parts.empty())
            continue;
        to.line("$s{} << EOD", s);
        for (auto const& part : parts) {
            for (auto const& point : part)
                to.line("{} {}", point.across, point.value);
            to.line("");  // an empty line lifts the pen
        }
        to.line("EOD");
        auto const& series = drawn.series[s];
        plots.push_back(fmt::format(
            "$s{} using 1:2 with linespoints lw 2.5 pt 7 ps 0.8 lc rgb '{}' {}", s, series.colour,
            series.name.empty() ? "notitle" : "title " + as_text(series.name, label_length)));
    }
    if (plots.empty()) {
        to.nothing();
        return to.text;
    }
    upright(to, drawn.across, drawn.value, value_axis(drawn));
    if (drawn.at.empty()) {
        beside_each_other(to, drawn.categories);
    } else {
        auto const [low, high] = std::ranges::minmax(drawn.at);
        to.tics('x', drawn.across, ticks(low, std::max(high, low + 1), 12));
    }
    if (!drawn.note.empty())
        to.line("set bmargin 7");
    to.line("set key outside right top reverse Left samplen 2");
    to.line("plot {}", fmt::join(plots, ", \\\n     "));
    return to.text;
}

std::string commands(box_figure const& drawn) {
    script to;
    to.begin(drawn.title, drawn.note, height);
    if (drawn.boxes.empty()) {
        to.nothing();
        return to.text;
    }
    std::vector<std::string> names;
    to.line("$boxes << EOD");
    for (std::size_t i = 0; i < drawn.boxes.size(); ++i) {
        auto const& one = drawn.boxes[i];
        names.push_back(one.category);
        to.line("{} {} {} {} {} {}", i, one.first_quartile, one.low, one.high, one.third_quartile,
                one.median);
    }
    to.line("EOD");
    to.line("$outliers << EOD");
    auto outliers = false;
    for (std::size_t i = 0; i < drawn.boxes.size(); ++i)
        for (auto const value : drawn.boxes[i].outliers) {
            to.line("{} {}", i, value);
            outliers = true;
        }
    to.line("EOD");
    upright(to, drawn.across, drawn.value, value_axis(drawn));
    beside_each_other(to, names);
    if (!drawn.note.empty())
        to.line("set bmargin 7");
    to.line("unset key");
    to.line("set boxwidth 0.5");
    to.line("set style fill solid 0.45 border lc rgb '#222222'");
    to.line("plot $boxes using 1:2:3:4:5 with candlesticks lw 1.5 lc rgb '{}' whiskerbars 0.5, \\\n"
            "     $boxes using 1:6:6:6:6 with candlesticks lw 3 lc rgb '#222222'{}",
            drawn.colour,
            outliers ? ", \\\n     $outliers using 1:2 with points pt 6 ps 0.9 lc rgb '#222222'"
                     : "");
    return to.text;
}

}  // namespace examples::drawn_by_gnuplot
