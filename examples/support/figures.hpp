// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What a picture shows, whoever draws it: gnuplot to a file, SVG and Chart.js in the page.
namespace examples {

/// What an axis measures: numbers are whole numbers of 10^-decimals of the unit.
struct measure {
    std::string title = {};  // Net revenue
    std::string unit = {};   // USD; empty: a plain number
    int decimals = 0;
};

/// "Net revenue (USD)"
[[nodiscard]] std::string axis_title(measure const& what);
/// The words in lines of at most `most` characters; a word that is longer has its own line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view words, std::size_t most);
/// 1,234.50, or 1,235 if all decimals of both are zero.
[[nodiscard]] std::string value_text(measure const& what, std::int64_t value);

/// From one value to another, both of the same measure.
struct value_range {
    std::int64_t low = 0, high = 0;
};

struct figure_series {
    std::string name = {};
    std::string colour = {};                               // #rrggbb
    std::vector<std::optional<std::int64_t>> values = {};  // one for each category
    std::vector<std::optional<value_range>> ranges =
        {};  // error bars of bars side by side, one for
             // each category; empty: none
};

/// A line across a histogram, such as its mean.
struct figure_mark {
    std::string name = {};
    double at;  // on the axis of the categories, in its whole numbers
    std::string text = {};
};

/// Bars: side by side or stacked, upright or lying. With `edges`, a histogram: bar i reaches from
/// edges[i] to edges[i + 1], measured by `across`.
struct bar_figure {
    std::string name = {};  // of its file, without extension
    std::string title = {};
    std::string note = {};     // a sentence below it
    std::string section = {};  // where it stands on the page
    measure across = {};       // title of the categories
    measure value = {};
    std::vector<std::string> categories = {};
    std::vector<figure_series> series = {};
    bool lying = false;
    bool stacked = false;
    bool slanted = false;  // labels of the categories at 45 degrees
    std::vector<std::int64_t> edges = {};
    std::vector<figure_mark> marks = {};
};

/// Coloured cells with their values in them.
struct heatmap_figure {
    std::string name = {};
    std::string title = {};
    std::string note = {};
    std::string section = {};
    std::string row_title = {}, column_title = {};
    std::vector<std::string> rows = {}, columns = {};
    /// In [-1, 1]: the colour of a cell; empty: no value.
    std::vector<std::vector<std::optional<double>>> shades = {};
    std::vector<std::vector<std::string>> texts = {};
};

/// Lines from value to value, broken where there is none. They stand at `at`, which ascends, on an
/// axis of numbers; or one beside the other, at `categories`.
struct line_figure {
    std::string name = {};
    std::string title = {};
    std::string note = {};
    std::string section = {};
    measure across = {};
    measure value = {};
    std::vector<std::string> categories = {};
    std::vector<std::int64_t> at = {};
    std::vector<figure_series> series = {};  // one value for each place
    bool from_zero = true;                   // zero is on the axis of values
};

/// How values lie: half of them in the box, all but the outliers between the whiskers' ends.
struct box {
    std::string category = {};
    std::int64_t low = 0, first_quartile = 0, median = 0, third_quartile = 0, high = 0;
    std::vector<std::int64_t> outliers = {};
    std::size_t count = 0;  // of all values
};

/// Quartiles by nearest rank: the least value such that at least p of all are at most as large.
/// Whiskers end at the last values within 1.5 times the height of the box.
///
/// Errors: std::invalid_argument without values.
/// Source: Tukey, Exploratory Data Analysis, 1977, section 2C; nearest rank instead of his hinges, so
///         that every border is a value that occurs.
[[nodiscard]] box box_of(std::string category, std::vector<std::int64_t> values);

/// A box with whiskers for each category.
struct box_figure {
    std::string name = {};
    std::string title = {};
    std::string note = {};
    std::string section = {};
    measure across = {};
    measure value = {};
    std::vector<box> boxes = {};
    std::string colour = {};  // #rrggbb
};

using figure = std::variant<bar_figure, heatmap_figure, line_figure, box_figure>;

/// The name of a figure's file, without extension.
[[nodiscard]] std::string const& figure_name(figure const& drawn);
/// The section of the page that it stands in.
[[nodiscard]] std::string const& figure_section(figure const& drawn);

/// How many values fall between round edges, with mean and median marked.
///
/// Shape:      up to 20 bins of equal width 1, 2 or 5 times a power of ten, at least `least_width`;
///             bin i holds the values in [edges[i], edges[i + 1]).
/// Edges:      without values: no bins and no marks. The mean is rounded half away from zero, the
///             median of an even number of values is the mean of the middle two.
/// Errors:     std::invalid_argument if least_width is not positive.
[[nodiscard]] bar_figure histogram(std::string name, std::string title, measure across,
                                   measure value, std::vector<std::int64_t> values,
                                   std::string colour, std::int64_t least_width = 1);
/// The same of values that are there several times.
[[nodiscard]] bar_figure counted_histogram(std::string name, std::string title, measure across,
                                           measure value,
                                           std::map<std::int64_t, std::size_t> const& values,
                                           std::string colour, std::int64_t least_width = 1);

/// Round positions on an axis from `low` to `high` (both are covered), at most `most` steps.
struct axis_ticks {
    std::int64_t low, high, step = {};
    std::vector<std::int64_t> at = {};
};
[[nodiscard]] axis_ticks ticks(std::int64_t low, std::int64_t high, int most,
                               std::int64_t least_step = 1);

/// Every bin of the histogram is one whole number: it is drawn around it.
[[nodiscard]] bool counts_whole(bar_figure const& drawn);

/// The numbers at the ticks of an axis, with the decimals that all of them need: 4.5 and 4.0.
[[nodiscard]] std::vector<std::string> tick_texts(measure const& what, axis_ticks const& axis);

/// One bar: from where to where across the categories (category i is centred at i, or the edges'
/// own numbers), and from where to where on the axis of values.
struct bar {
    double from, to;
    std::int64_t low, high = {};
    std::size_t category = {};
};
/// The bars of every series.
[[nodiscard]] std::vector<std::vector<bar>> bars_of(bar_figure const& drawn);
/// The error bar of a bar, if it has one.
[[nodiscard]] std::optional<value_range> range_of(figure_series const& series, bar const& one);
/// The axis of values: zero is on it, and every error bar.
[[nodiscard]] axis_ticks value_axis(bar_figure const& drawn);
[[nodiscard]] axis_ticks value_axis(line_figure const& drawn);
[[nodiscard]] axis_ticks value_axis(box_figure const& drawn);

/// Points of a line between two gaps: where they stand across, and their values.
struct line_point {
    std::size_t place = 0;  // in categories or `at`
    double across = 0;      // the number of the category, or the number on the axis
    std::int64_t value = 0;
};
/// The parts of one series that are not interrupted.
[[nodiscard]] std::vector<std::vector<line_point>> parts_of(line_figure const& drawn,
                                                            std::size_t series);
/// The text of a place, for a label or a tooltip.
[[nodiscard]] std::string place_text(line_figure const& drawn, std::size_t place);

/// The colour of a shade in [-1, 1]: orange below zero, blue above, white at zero; grey for none.
/// Tells apart for colour-blind readers and in grey print (the extremes by their sign in the text).
[[nodiscard]] std::string shade_colour(std::optional<double> shade);
/// Black or white, whichever is readable on that shade.
[[nodiscard]] std::string_view text_colour(std::optional<double> shade);

/// Colours that colour-blind readers tell apart, and a grey for what is left.
///
/// Source: Okabe and Ito, "Color Universal Design", 2008.
inline constexpr std::string_view palette[] = {"#0072b2", "#e69f00", "#009e73", "#cc79a7",
                                               "#56b4e9", "#d55e00", "#f0e442"};
inline constexpr std::string_view grey = "#9a9a9a";

/// The Pearson correlation of two lists of the same length; nothing if one of them is constant.
[[nodiscard]] std::optional<double> correlation(std::span<double const> a,
                                                std::span<double const> b);

}  // namespace examples
