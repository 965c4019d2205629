// SPDX-License-Identifier: BSL-1.0
#include <support/page.hpp>

#include <support/svg_drawing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>

namespace examples {

namespace drawn_as_svg {

namespace {

std::string tip(bar_figure const& drawn, std::size_t series, bar const& one) {
    auto const& named = drawn.series[series];
    auto text = drawn.categories[one.category];
    if (!named.name.empty())
        text += ", " + named.name;
    text += ": " + value_text(drawn.value, *named.values[one.category]);
    if (auto const range = range_of(named, one))
        text += fmt::format(" ({} – {})", value_text(drawn.value, range->low),
                            value_text(drawn.value, range->high));
    return drawn.value.unit.empty() ? text : text + ' ' + drawn.value.unit;
}

/// A line from end to end, with a short one across each.
template <class PathOf>
void error_bars(drawing& to, bar_figure const& drawn, PathOf path_of) {
    auto const all = bars_of(drawn);
    for (std::size_t s = 0; s < all.size(); ++s)
        for (auto const& one : all[s])
            if (auto const range = range_of(drawn.series[s], one))
                to.add("<path class=\"range\" d=\"{}\" fill=\"none\" stroke=\"currentColor\" "
                       "stroke-width=\"1.3\"/>",
                       path_of(static_cast<double>(range->low), static_cast<double>(range->high),
                               (one.from + one.to) / 2));
}

std::string lying(bar_figure const& drawn) {
    auto const row = 14.0 + 11.0 * static_cast<double>(drawn.stacked ? 1 : drawn.series.size());
    auto const count = static_cast<double>(drawn.categories.size());
    auto const values = value_axis(drawn);
    auto const left = std::max(80.0, width_of(drawn.categories) + 14);
    auto const bottom = 10 + row * count;
    scale const x{static_cast<double>(values.low), static_cast<double>(values.high), left, 860};
    scale const y{-0.5, count - 0.5, 10, bottom};
    drawing to{900, bottom + 50, drawn.title};
    auto const texts = tick_texts(drawn.value, values);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto const at = x(values.at[i]);
        to.line("grid", at, 10, at, bottom);
        to.text(at, bottom + 18, "middle", texts[i]);
    }
    to.title((left + 860) / 2, bottom + 40, axis_title(drawn.value), 100);
    for (std::size_t i = 0; i < drawn.categories.size(); ++i)
        to.text(left - 8, y(static_cast<double>(i)) + 4, "end", drawn.categories[i]);
    auto const bars = bars_of(drawn);
    for (std::size_t s = 0; s < bars.size(); ++s)
        for (auto const& one : bars[s])
            to.add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\">"
                   "<title>{}</title></rect>",
                   x(static_cast<double>(one.low)), y(one.from),
                   x(static_cast<double>(one.high)) - x(static_cast<double>(one.low)),
                   y(one.to) - y(one.from), drawn.series[s].colour, html_text(tip(drawn, s, one)));
    error_bars(to, drawn, [&](double low, double high, double across) {
        return fmt::format("M{0:.1f} {2:.1f}v6M{1:.1f} {2:.1f}v6M{0:.1f} {3:.1f}H{1:.1f}", x(low),
                           x(high), y(across) - 3, y(across));
    });
    to.line("axis", x(0.0), 10, x(0.0), bottom);
    return to.finish();
}

std::string upright(bar_figure const& drawn) {
    upright_axis const axis{drawn.value, value_axis(drawn)};
    auto const bars = bars_of(drawn);
    auto const is_histogram = !drawn.edges.empty();
    auto const shift = counts_whole(drawn) ? 0.5 : 0.0;
    auto const from = is_histogram ? static_cast<double>(drawn.edges.front()) - shift : -0.5;
    auto const to_ = is_histogram ? static_cast<double>(drawn.edges.back()) - shift
                                  : static_cast<double>(drawn.categories.size()) - 0.5;
    auto const labels = 30 + 0.75 * width_of(drawn.categories);
    scale const x{from, to_, axis.left, axis.right};
    auto const& y = axis.y;
    drawing to{900, axis.bottom + labels + 24, drawn.title};
    axis.draw(to);
    for (std::size_t s = 0; s < bars.size(); ++s)
        for (auto const& one : bars[s])
            to.add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\">"
                   "<title>{}</title></rect>",
                   x(one.from) + 0.5, y(static_cast<double>(one.high)),
                   std::max(0.5, x(one.to) - x(one.from) - 1),
                   y(static_cast<double>(one.low)) - y(static_cast<double>(one.high)),
                   drawn.series[s].colour, html_text(tip(drawn, s, one)));
    error_bars(to, drawn, [&](double low, double high, double across) {
        return fmt::format("M{2:.1f} {0:.1f}h6M{2:.1f} {1:.1f}h6M{3:.1f} {0:.1f}V{1:.1f}", y(low),
                           y(high), x(across) - 3, x(across));
    });
    for (std::size_t i = 0; i < drawn.categories.size(); ++i) {
        auto const middle =
            is_histogram ? (static_cast<double>(drawn.edges[i] + drawn.edges[i + 1])) / 2 - shift
                         : static_cast<double>(i);
        auto const at = x(middle);
        to.text(at + 4, 336, "end", drawn.categories[i],
                fmt::format(" transform=\"rotate(-45 {:.1f} 336)\"", at + 4));
    }
    for (std::size_t m = 0; m < drawn.marks.size(); ++m)
        to.add("<line x1=\"{0:.1f}\" y1=\"12\" x2=\"{0:.1f}\" y2=\"320\" stroke=\"{1}\" "
               "stroke-width=\"2.5\"{2}/>",
               x(drawn.marks[m].at), m == 0 ? "currentColor" : "#d55e00",
               m == 0 ? "" : " stroke-dasharray=\"7 5\"");
    to.line("axis", axis.left, y(0.0), axis.right, y(0.0));
    to.title((axis.left + axis.right) / 2, axis.bottom + labels + 16, axis_title(drawn.across),
             100);
    return to.finish();
}

}  // namespace

std::string picture(bar_figure const& drawn) {
    auto const all = bars_of(drawn);
    if (std::ranges::all_of(all, [](auto const& bars) { return bars.empty(); }))
        return nothing(drawn.title);
    return drawn.lying ? lying(drawn) : upright(drawn);
}

std::string picture(heatmap_figure const& drawn) {
    if (drawn.rows.empty() || drawn.columns.empty())
        return nothing(drawn.title);
    constexpr double row = 40;
    auto const left = std::max(80.0, width_of(drawn.rows) + 14);
    auto const cell = (890 - left) / static_cast<double>(drawn.columns.size());
    auto const bottom = 6 + row * static_cast<double>(drawn.rows.size());
    drawing to{900, bottom + 24 + 0.5 * width_of(drawn.columns), drawn.title};
    for (std::size_t r = 0; r < drawn.rows.size(); ++r) {
        auto const y = 6 + row * static_cast<double>(r);
        to.text(left - 8, y + row / 2 + 4, "end", drawn.rows[r]);
        for (std::size_t c = 0; c < drawn.columns.size(); ++c) {
            auto const x = left + cell * static_cast<double>(c);
            auto const& shade = drawn.shades[r][c];
            to.add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
                   "fill=\"{}\"><title>{}</title></rect>",
                   x, y, cell - 2, row - 2, shade_colour(shade),
                   html_text(fmt::format("{}, {}: {}", drawn.rows[r], drawn.columns[c],
                                         drawn.texts[r][c])));
            to.text(x + cell / 2, y + row / 2 + 4, "middle", drawn.texts[r][c],
                    fmt::format(" class=\"{}\"",
                                text_colour(shade) == "#ffffff" ? "on-dark" : "on-light"));
        }
    }
    for (std::size_t c = 0; c < drawn.columns.size(); ++c) {
        auto const at = left + cell * (static_cast<double>(c) + 0.5) + 4;
        to.text(at, bottom + 16, "end", drawn.columns[c],
                fmt::format(" transform=\"rotate(-30 {:.1f} {:.1f})\"", at, bottom + 16));
    }
    return to.finish();
}

}  // namespace drawn_as_svg

std::string svg(figure const& drawn) {
    return std::visit([](auto const& one) { return drawn_as_svg::picture(one); }, drawn);
}

}  // namespace examples
