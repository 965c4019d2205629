// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>
#include <support/page.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the pictures in the page are drawn with.
namespace examples::drawn_as_svg {

inline constexpr double letter = 7.0;  // about as wide as one of 12px
inline constexpr std::size_t label_length = 30;

inline double width_of(std::vector<std::string> const& texts) {
    std::size_t longest = 0;
    for (auto const& text : texts)
        longest = std::max(longest, label_text(text, label_length).size());
    return letter * static_cast<double>(longest);
}

/// Where a picture's coordinates go on the paper.
struct scale {
    double low, high;   // of the data
    double begin, end;  // on the paper
    double operator()(double value) const {
        return begin + (value - low) / (high - low) * (end - begin);
    }
    double operator()(std::int64_t value) const { return (*this)(static_cast<double>(value)); }
};

class drawing {
  public:
    drawing(double width, double height, std::string_view title) {
        add("<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">", width, height,
            html_text(title));
    }

    template <class... Arguments>
    void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
    }

    void text(double x, double y, std::string_view anchor, std::string_view words,
              std::string_view more = {}) {
        add("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>", x, y, anchor, more,
            html_text(label_text(words, label_length)));
    }

    /// The title of an axis, whole: in lines of at most `most` letters around (x, y).
    void title(double x, double y, std::string_view words, std::size_t most,
               std::string_view more = {}) {
        auto const lines = wrapped(words, most);
        auto at = y - line_height * (static_cast<double>(lines.size()) - 1) / 2;
        for (auto const& line : lines) {
            add("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\"{}>{}</text>", x, at, more,
                html_text(line));
            at += line_height;
        }
    }
    /// The same, read from below, left of a picture from `top` to `bottom`.
    void title_upwards(std::string_view words, double top, double bottom) {
        auto const middle = (top + bottom) / 2;
        title(upwards_at, middle, words, static_cast<std::size_t>((bottom - top) / letter),
              fmt::format(" transform=\"rotate(-90 {} {:.1f})\"", upwards_at, middle));
    }

    void line(std::string_view kind, double x1, double y1, double x2, double y2) {
        add("<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>", kind,
            x1, y1, x2, y2);
    }

    [[nodiscard]] std::string finish() { return std::move(text_) + "</svg>"; }

    static constexpr double upwards_at = 20;

  private:
    static constexpr double line_height = 14;
    std::string text_;
};

inline std::string nothing(std::string_view title) {
    drawing empty{600, 60, title};
    empty.text(300, 35, "middle", "No data");
    return empty.finish();
}

/// Axis of values on the left of an upright picture: grid, numbers and title.
struct upright_axis {
    upright_axis(measure const& measured, axis_ticks const& ticks)
        : what{&measured}, values{ticks} {
        texts = tick_texts(measured, values);
        left = width_of(texts) + 48;
        y = {static_cast<double>(values.low), static_cast<double>(values.high), bottom, top};
    }
    void draw(drawing& to) const {
        for (std::size_t i = 0; i < values.at.size(); ++i) {
            auto const at = y(values.at[i]);
            to.line("grid", left, at, right, at);
            to.text(left - 6, at + 4, "end", texts[i]);
        }
        to.title_upwards(axis_title(*what), top, bottom);
    }

    static constexpr double top = 12, bottom = 320, right = 885;
    measure const* what;
    axis_ticks values;
    std::vector<std::string> texts = {};
    double left = 0;
    scale y = {};
};

/// Names of categories below an upright picture, slanted where they would run into each other.
/// Returns where the axis title goes.
inline double names_below(drawing& to, scale const& x, std::vector<std::string> const& names) {
    auto const wide = width_of(names);
    auto const fit = wide < x(1.0) - x(0.0) - letter;
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto const at = x(static_cast<double>(i));
        if (fit)
            to.text(at, upright_axis::bottom + 18, "middle", names[i]);
        else
            to.text(at + 4, upright_axis::bottom + 16, "end", names[i],
                    fmt::format(" transform=\"rotate(-45 {:.1f} {})\"", at + 4,
                                upright_axis::bottom + 16));
    }
    return upright_axis::bottom + (fit ? 42 : 46 + 0.75 * wide);
}

[[nodiscard]] std::string picture(bar_figure const& drawn);
[[nodiscard]] std::string picture(heatmap_figure const& drawn);
[[nodiscard]] std::string picture(line_figure const& drawn);
[[nodiscard]] std::string picture(box_figure const& drawn);

}  // namespace examples::drawn_as_svg
