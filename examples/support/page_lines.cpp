// SPDX-License-Identifier: BSL-1.0
#include <support/svg_drawing.hpp>

#include <algorithm>
#include <cstddef>

namespace examples::drawn_as_svg {

namespace {

std::string with_unit(measure const& what, std::int64_t value) {
    auto const text = value_text(what, value);
    return what.unit.empty() ? text : text + ' ' + what.unit;
}

std::string tip(line_figure const& drawn, std::size_t series, line_point const& point) {
    auto const& name = drawn.series[series].name;
    return fmt::format("{}{}: {}",
                       drawn.at.empty() ? drawn.categories[point.place]
                                        : with_unit(drawn.across, drawn.at[point.place]),
                       name.empty() ? "" : ", " + name, with_unit(drawn.value, point.value));
}

void add_line(drawing& to, line_figure const& drawn, std::size_t series, scale const& x,
              scale const& y) {
    auto const& colour = drawn.series[series].colour;
    for (auto const& part : parts_of(drawn, series)) {
        std::string points;
        for (auto const& point : part)
            points += fmt::format("{}{:.1f},{:.1f}", points.empty() ? "" : " ", x(point.across),
                                  y(point.value));
        to.add(
            "<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\" stroke-linejoin=\"round\" "
            "points=\"{}\"/>",
            colour, points);
        for (auto const& point : part)
            to.add("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.5\" "
                   "fill=\"{}\"><title>{}</title></circle>",
                   x(point.across), y(point.value), colour, html_text(tip(drawn, series, point)));
    }
}

/// Numbers below an upright picture. Returns where the axis title goes.
double numbers(drawing& to, scale const& x, measure const& what, axis_ticks const& ticks) {
    auto const texts = tick_texts(what, ticks);
    for (std::size_t i = 0; i < texts.size(); ++i)
        to.text(x(ticks.at[i]), upright_axis::bottom + 18, "middle", texts[i]);
    return upright_axis::bottom + 42;
}

}  // namespace

std::string picture(line_figure const& drawn) {
    auto const all_empty = std::ranges::all_of(drawn.series, [](figure_series const& series) {
        return std::ranges::none_of(series.values, [](auto const& one) { return one.has_value(); });
    });
    if (all_empty)
        return nothing(drawn.title);
    upright_axis const axis{drawn.value, value_axis(drawn)};
    auto const below =
        drawn.at.empty()
            ? axis_ticks{}
            : ticks(drawn.at.front(), std::max(drawn.at.back(), drawn.at.front() + 1), 12);
    auto const x =
        drawn.at.empty()
            ? scale{-0.5, static_cast<double>(drawn.categories.size()) - 0.5, axis.left, axis.right}
            : scale{static_cast<double>(below.low), static_cast<double>(below.high), axis.left,
                    axis.right - 20};
    auto const room = drawn.at.empty() ? 0.75 * width_of(drawn.categories) : 0.0;
    drawing to{900, axis.bottom + room + 60, drawn.title};
    axis.draw(to);
    auto const title_at = drawn.at.empty() ? names_below(to, x, drawn.categories)
                                           : numbers(to, x, drawn.across, below);
    for (std::size_t series = 0; series < drawn.series.size(); ++series)
        add_line(to, drawn, series, x, axis.y);
    to.line("axis", axis.left, axis.bottom, axis.right, axis.bottom);
    to.title((axis.left + axis.right) / 2, title_at, axis_title(drawn.across), 100);
    return to.finish();
}

std::string picture(box_figure const& drawn) {
    if (drawn.boxes.empty())
        return nothing(drawn.title);
    upright_axis const axis{drawn.value, value_axis(drawn)};
    auto const& y = axis.y;
    std::vector<std::string> names;
    for (auto const& one : drawn.boxes)
        names.push_back(one.category);
    scale const x{-0.5, static_cast<double>(names.size()) - 0.5, axis.left, axis.right};
    auto const half = std::min(30.0, 0.3 * (x(1.0) - x(0.0)));
    drawing to{900, axis.bottom + 60 + 0.75 * width_of(names), drawn.title};
    axis.draw(to);
    for (std::size_t i = 0; i < drawn.boxes.size(); ++i) {
        auto const& one = drawn.boxes[i];
        auto const at = x(static_cast<double>(i));
        to.add("<g><title>{}</title>",
               html_text(fmt::format(
                   "{}: median {}, half of them from {} to {}, whiskers from {} to {}, {} {}",
                   one.category, with_unit(drawn.value, one.median),
                   value_text(drawn.value, one.first_quartile),
                   value_text(drawn.value, one.third_quartile), value_text(drawn.value, one.low),
                   value_text(drawn.value, one.high), one.outliers.size(),
                   one.outliers.size() == 1 ? "outlier" : "outliers")));
        to.line("whisker", at, y(one.low), at, y(one.first_quartile));
        to.line("whisker", at, y(one.third_quartile), at, y(one.high));
        for (auto const end : {one.low, one.high})
            to.line("whisker", at - half / 2, y(end), at + half / 2, y(end));
        to.add("<rect class=\"box\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
               "fill=\"{}\"/>",
               at - half, y(one.third_quartile), 2 * half,
               std::max(1.0, y(one.first_quartile) - y(one.third_quartile)), drawn.colour);
        to.line("median", at - half, y(one.median), at + half, y(one.median));
        for (auto const value : one.outliers)
            to.add("<circle class=\"outlier\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\"/>", at, y(value));
        to.add("</g>");
    }
    auto const title_at = names_below(to, x, names);
    to.title((axis.left + axis.right) / 2, title_at, axis_title(drawn.across), 100);
    return to.finish();
}

}  // namespace examples::drawn_as_svg
