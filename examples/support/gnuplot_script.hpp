// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What scripts of gnuplot are written with.
namespace examples::drawn_by_gnuplot {

inline constexpr int width = 1100;
inline constexpr std::size_t label_length = 32;

/// In single quotes gnuplot replaces nothing but '' by '.
inline std::string as_text(std::string_view text, std::size_t most = 120) {
    std::string result{"'"};
    for (char const c : label_text(text, most)) {
        result += c;
        if (c == '\'')
            result += c;
    }
    return result + '\'';
}

class script {
  public:
    template <class... Arguments>
    void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
        text += '\n';
    }

    void begin(std::string_view title, std::string_view note, int height) {
        line("set terminal pngcairo noenhanced size {},{} font 'DejaVu Sans,11' background "
             "'#ffffff'",
             width, height);
        line("set encoding utf8");
        line("set title {} font 'DejaVu Sans,15'", as_text(title));
        if (!note.empty()) {
            line("set label 1 {} at screen 0.99,0.025 right font 'DejaVu Sans,9' tc rgb '#444444'",
                 as_text(note, 200));
        }
        line("set border 3 lc rgb '#444444'");
        line("set tics nomirror out");
        line("set style fill solid 1 noborder");
    }

    /// A picture that says it has nothing to show.
    void nothing() {
        line("unset border; unset tics; unset key");
        line("set label 2 'No data' at graph 0.5,0.5 center tc rgb '#444444'");
        line("plot [0:1][0:1] NaN");
    }

    void tics(char axis, measure const& what, axis_ticks const& ticks, std::size_t stride = 1) {
        auto const texts = tick_texts(what, ticks);
        std::vector<std::string> labels;
        for (std::size_t i = 0; i < ticks.at.size(); i += stride)
            labels.push_back(fmt::format("{} {}", as_text(texts[i]), ticks.at[i]));
        line("set {}tics ({})", axis, fmt::join(labels, ", "));
        line("set {}range [{}:{}]", axis, ticks.low, ticks.high);
    }

    /// Names below an axis or beside it, each at its number.
    void names(char axis, std::vector<std::string> const& all) {
        std::vector<std::string> labels;
        for (std::size_t i = 0; i < all.size(); ++i)
            labels.push_back(fmt::format("{} {}", as_text(all[i], label_length), i));
        line("set {}tics ({}) scale 0", axis, fmt::join(labels, ", "));
    }

    /// Titles of both axes, whole.
    void titles(std::string_view across, std::string_view upwards) {
        line("set xlabel {}", in_lines(across, 120));
        line("set ylabel {}", in_lines(upwards, 48));
    }

    std::string text;

  private:
    static std::string in_lines(std::string_view words, std::size_t most) {
        std::vector<std::string> lines;
        for (auto const& one : wrapped(words, most))
            lines.push_back(as_text(one, 200));
        return fmt::format("{}", fmt::join(lines, ".\"\\n\"."));
    }
};

[[nodiscard]] std::string commands(bar_figure const& drawn);
[[nodiscard]] std::string commands(heatmap_figure const& drawn);
[[nodiscard]] std::string commands(line_figure const& drawn);
[[nodiscard]] std::string commands(box_figure const& drawn);

}  // namespace examples::drawn_by_gnuplot
