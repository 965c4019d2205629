// SPDX-License-Identifier: BSL-1.0
#include <support/figures.hpp>

#include <support/money_text.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace examples {

namespace {

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (; exponent > 0; --exponent)
        power *= 10;
    return power;
}

std::int64_t floor_to(std::int64_t value, std::int64_t step) {
    auto const rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

/// The smallest of 1, 2, 5, 10, 20, 50, ... that is at least `wanted`.
std::int64_t round_step(std::int64_t wanted) {
    constexpr auto largest = std::int64_t{1'000'000'000'000'000'000};
    for (std::int64_t power = 1; power < largest; power *= 10)
        for (std::int64_t const digit : {1, 2, 5})
            if (digit * power >= wanted)
                return digit * power;
    return largest;
}

std::int64_t rounded_quotient(wide_integer sum, std::int64_t count) {
    auto const magnitude = sum < 0 ? -sum : sum;
    auto const quotient = static_cast<std::int64_t>((2 * magnitude + count) / (2 * count));
    return sum < 0 ? -quotient : quotient;
}

}  // namespace

std::string axis_title(measure const& what) {
    return what.unit.empty() ? what.title : fmt::format("{} ({})", what.title, what.unit);
}

std::vector<std::string> wrapped(std::string_view words, std::size_t most) {
    std::vector<std::string> lines;
    std::string line;
    for (std::size_t from = 0; from < words.size();) {
        auto const to = std::min(words.find(' ', from), words.size());
        auto const word = words.substr(from, to - from);
        if (!line.empty() && characters(line) + 1 + characters(word) > most)
            lines.push_back(std::exchange(line, {}));
        if (!line.empty())
            line += ' ';
        line += word;
        from = to + 1;
    }
    lines.push_back(std::move(line));
    return lines;
}

std::string value_text(measure const& what, std::int64_t value) {
    auto const whole = value % power_of_ten(what.decimals) == 0;
    return whole ? format_decimal(value / power_of_ten(what.decimals), 0, decimal_style::grouped)
                 : format_decimal(value, what.decimals, decimal_style::grouped);
}

std::string const& figure_name(figure const& drawn) {
    return std::visit([](auto const& one) -> std::string const& { return one.name; }, drawn);
}

std::string const& figure_section(figure const& drawn) {
    return std::visit([](auto const& one) -> std::string const& { return one.section; }, drawn);
}

axis_ticks ticks(std::int64_t low, std::int64_t high, int most, std::int64_t least_step) {
    if (least_step <= 0 || most <= 0 || high < low)
        throw std::invalid_argument{"ticks: an axis needs a positive step and ascending ends"};
    auto step = round_step(std::max(least_step, (high - low) / most));
    while ((high - floor_to(low, step) + step - 1) / step > most + 1)
        step = round_step(step + 1);
    axis_ticks axis{floor_to(low, step), floor_to(low, step), step, {}};
    axis.at.push_back(axis.low);
    while (axis.high < high) {
        axis.high += step;
        axis.at.push_back(axis.high);
    }
    return axis;
}

std::vector<std::string> tick_texts(measure const& what, axis_ticks const& axis) {
    auto decimals = what.decimals;
    auto const needless = [&] {
        return std::ranges::all_of(axis.at, [&](std::int64_t tick) {
            return tick % power_of_ten(what.decimals - decimals + 1) == 0;
        });
    };
    while (decimals > 0 && needless())
        --decimals;
    std::vector<std::string> texts;
    for (auto const tick : axis.at)
        texts.push_back(format_decimal(tick / power_of_ten(what.decimals - decimals), decimals,
                                       decimal_style::grouped));
    return texts;
}

bar_figure histogram(std::string name, std::string title, measure across, measure value,
                     std::vector<std::int64_t> values, std::string colour,
                     std::int64_t least_width) {
    std::map<std::int64_t, std::size_t> counts;
    for (auto const one : values)
        ++counts[one];
    return counted_histogram(std::move(name), std::move(title), std::move(across), std::move(value),
                             counts, std::move(colour), least_width);
}

bar_figure counted_histogram(std::string name, std::string title, measure across, measure value,
                             std::map<std::int64_t, std::size_t> const& values, std::string colour,
                             std::int64_t least_width) {
    bar_figure result{.name = std::move(name),
                      .title = std::move(title),
                      .across = std::move(across),
                      .value = std::move(value),
                      .categories = {},
                      .series = {{"", std::move(colour), {}}}};
    if (least_width <= 0)
        throw std::invalid_argument{"histogram: a bin needs a positive width"};
    if (values.empty())
        return result;
    auto const axis = ticks(values.begin()->first, values.rbegin()->first + 1, 18, least_width);
    result.edges = axis.at;
    std::vector<std::int64_t> counts(axis.at.size() - 1);
    wide_integer sum = 0;
    std::int64_t size = 0;
    for (auto const& [one, times] : values) {
        auto const number = static_cast<std::int64_t>(times);
        counts[static_cast<std::size_t>((one - axis.low) / axis.step)] += number;
        sum += wide_integer{one} * number;
        size += number;
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        result.series[0].values.emplace_back(counts[i]);
        auto const from = value_text(result.across, axis.at[i]);
        result.categories.push_back(
            counts_whole(result)
                ? from
                : fmt::format("{} to {}", from, value_text(result.across, axis.at[i + 1])));
    }
    auto const at = [&](std::int64_t place) {
        auto one = values.begin();
        for (; static_cast<std::int64_t>(one->second) <= place; ++one)
            place -= static_cast<std::int64_t>(one->second);
        return one->first;
    };
    auto const around_middle = wide_integer{at((size - 1) / 2)} + at(size / 2);
    // One decimal more than the values have, so that a mean of counts is not rounded to a count.
    auto const finer = [&](wide_integer total, std::int64_t count) {
        auto shown = result.across;
        shown.decimals = std::max(shown.decimals, 1);
        auto const scale = power_of_ten(shown.decimals - result.across.decimals);
        return value_text(shown, rounded_quotient(total * scale, count));
    };
    result.marks = {
        {"mean", static_cast<double>(sum) / static_cast<double>(size), finer(sum, size)},
        {"median", static_cast<double>(around_middle) / 2, finer(around_middle, 2)}};
    return result;
}

bool counts_whole(bar_figure const& drawn) {
    return drawn.edges.size() > 1 && drawn.across.decimals == 0 &&
           drawn.edges[1] - drawn.edges[0] == 1;
}

std::vector<std::vector<bar>> bars_of(bar_figure const& drawn) {
    std::vector<std::vector<bar>> all;
    std::vector<std::int64_t> above(drawn.categories.size(), 0);
    std::vector<std::int64_t> below(drawn.categories.size(), 0);
    auto const side_by_side = drawn.stacked ? 1.0 : static_cast<double>(drawn.series.size());
    auto const width = 0.8 / side_by_side;
    for (std::size_t s = 0; s < drawn.series.size(); ++s) {
        auto& bars = all.emplace_back();
        for (std::size_t i = 0; i < drawn.categories.size(); ++i) {
            auto const value = drawn.series[s].values[i];
            if (!value)
                continue;
            auto const place = drawn.stacked ? 0.0 : static_cast<double>(s);
            auto const from = static_cast<double>(i) - 0.4 + place * width;
            auto base = std::int64_t{0};
            if (drawn.stacked) {
                auto& end = *value < 0 ? below[i] : above[i];
                base = end;
                end += *value;
            }
            bar one{from, from + width, std::min(base, base + *value),
                    std::max(base, base + *value), i};
            if (!drawn.edges.empty()) {
                auto const shift = counts_whole(drawn) ? 0.5 : 0.0;
                one.from = static_cast<double>(drawn.edges[i]) - shift;
                one.to = static_cast<double>(drawn.edges[i + 1]) - shift;
            }
            bars.push_back(one);
        }
    }
    return all;
}

std::optional<value_range> range_of(figure_series const& series, bar const& one) {
    return series.ranges.empty() ? std::nullopt : series.ranges[one.category];
}

axis_ticks value_axis(bar_figure const& drawn) {
    std::int64_t low = 0;
    std::int64_t high = 1;
    auto const all = bars_of(drawn);
    for (std::size_t s = 0; s < all.size(); ++s)
        for (auto const& one : all[s]) {
            auto const range = range_of(drawn.series[s], one).value_or(value_range{});
            low = std::min({low, one.low, range.low});
            high = std::max({high, one.high, range.high});
        }
    return ticks(low, high, 8);
}

namespace {

using colour = std::array<double, 3>;
constexpr colour white{247, 247, 247};
constexpr colour blue{8, 69, 130};
constexpr colour orange{166, 74, 0};

colour mixed(double shade) {
    auto const& end = shade < 0 ? orange : blue;
    auto const part = std::min(std::abs(shade), 1.0);
    colour result{};
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = white[i] + (end[i] - white[i]) * part;
    return result;
}

}  // namespace

std::string shade_colour(std::optional<double> shade) {
    if (!shade)
        return "#d0d0d0";
    auto const [r, g, b] = mixed(*shade);
    return fmt::format("#{:02x}{:02x}{:02x}", std::lround(r), std::lround(g), std::lround(b));
}

std::string_view text_colour(std::optional<double> shade) {
    if (!shade)
        return "#000000";
    auto const [r, g, b] = mixed(*shade);
    return 0.299 * r + 0.587 * g + 0.114 * b < 120 ? "#ffffff" : "#000000";
}

std::optional<double> correlation(std::span<double const> a, std::span<double const> b) {
    if (a.size() != b.size())
        throw std::invalid_argument{"correlation: lists of different lengths"};
    if (a.empty())
        return std::nullopt;
    auto const size = static_cast<double>(a.size());
    auto const mean_a = std::accumulate(a.begin(), a.end(), 0.0) / size;
    auto const mean_b = std::accumulate(b.begin(), b.end(), 0.0) / size;
    double both = 0;
    double square_a = 0;
    double square_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        both += (a[i] - mean_a) * (b[i] - mean_b);
        square_a += (a[i] - mean_a) * (a[i] - mean_a);
        square_b += (b[i] - mean_b) * (b[i] - mean_b);
    }
    if (std::ranges::adjacent_find(a, std::not_equal_to{}) == a.end() ||
        std::ranges::adjacent_find(b, std::not_equal_to{}) == b.end())
        return std::nullopt;
    return std::clamp(both / std::sqrt(square_a * square_b), -1.0, 1.0);
}

}  // namespace examples
