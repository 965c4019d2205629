// SPDX-License-Identifier: BSL-1.0
#include <support/figures.hpp>

#include <support/money_text.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace examples {

namespace {

/// The axis of all values that are there, with zero if `from_zero`.
class covered_values {
  public:
    explicit covered_values(bool from_zero) : empty_{!from_zero} {}

    void add(std::int64_t value) {
        low_ = empty_ ? value : std::min(low_, value);
        high_ = empty_ ? value : std::max(high_, value);
        empty_ = false;
    }
    [[nodiscard]] axis_ticks axis() const {
        return ticks(low_, low_ == high_ ? high_ + 1 : high_, 8);
    }

  private:
    bool empty_;
    std::int64_t low_ = 0, high_ = 0;
};

}  // namespace

axis_ticks value_axis(line_figure const& drawn) {
    covered_values range{drawn.from_zero};
    for (auto const& series : drawn.series)
        for (auto const& value : series.values)
            if (value)
                range.add(*value);
    return range.axis();
}

axis_ticks value_axis(box_figure const& drawn) {
    covered_values range{true};
    for (auto const& one : drawn.boxes) {
        range.add(one.low);
        range.add(one.high);
        for (auto const outlier : one.outliers)
            range.add(outlier);
    }
    return range.axis();
}

std::vector<std::vector<line_point>> parts_of(line_figure const& drawn, std::size_t series) {
    std::vector<std::vector<line_point>> parts;
    auto open = false;
    auto const& values = drawn.series[series].values;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i]) {
            if (!open)
                parts.emplace_back();
            auto const across =
                drawn.at.empty() ? static_cast<double>(i) : static_cast<double>(drawn.at[i]);
            parts.back().push_back({i, across, *values[i]});
        }
        open = values[i].has_value();
    }
    return parts;
}

std::string place_text(line_figure const& drawn, std::size_t place) {
    return drawn.at.empty() ? drawn.categories[place] : value_text(drawn.across, drawn.at[place]);
}

box box_of(std::string category, std::vector<std::int64_t> values) {
    if (values.empty())
        throw std::invalid_argument{"box_of: there are no values to draw a box of"};
    std::ranges::sort(values);
    auto const quartile = [&](std::size_t number) {
        return values[(number * values.size() + 3) / 4 - 1];
    };
    box result{std::move(category), 0, quartile(1), quartile(2), quartile(3), 0, {}, values.size()};
    // In halves, so that one and a half boxes are whole numbers.
    auto const reach =
        3 * (wide_integer{result.third_quartile} - wide_integer{result.first_quartile});
    result.low = result.first_quartile;
    result.high = result.third_quartile;
    for (auto const value : values)
        if (2 * (wide_integer{result.first_quartile} - wide_integer{value}) > reach ||
            2 * (wide_integer{value} - wide_integer{result.third_quartile}) > reach)
            result.outliers.push_back(value);
        else {
            result.low = std::min(result.low, value);
            result.high = std::max(result.high, value);
        }
    return result;
}

}  // namespace examples
