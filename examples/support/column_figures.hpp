// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>
#include <support/report_text.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// Pictures of the columns of a table.
namespace examples {

/// How many records have how large a number, in that unit: see histogram().
template <class Records, class Value>
[[nodiscard]] bar_figure histogram_of(figure_text text, Records&& records, Value value,
                                      measure unit = {}, std::int64_t least_width = 1) {
    std::vector<std::int64_t> values;
    for (auto const& record : records)
        values.push_back(std::invoke(value, record));
    unit.title = std::move(text.across);
    auto drawn = histogram(std::move(text.name), std::move(text.title), std::move(unit),
                           {std::move(text.value)}, std::move(values), "#56b4e9", least_width);
    drawn.note = std::move(text.note);
    if (!text.counted.empty())
        for (auto& mark : drawn.marks)
            mark.text += ' ' + text.counted;
    return drawn;
}

/// How often what occurs, the most frequent first, equally frequent ones by name; at most `most`, and a
/// note says if there are more. `things` is what they are called.
[[nodiscard]] bar_figure frequency_figure(figure_text text, std::string const& things,
                                          std::map<std::string, std::int64_t> const& counts,
                                          std::size_t most = 10);
/// The same of a text of records.
template <class Records, class Projection>
[[nodiscard]] bar_figure frequencies_of(figure_text text, std::string const& things,
                                        Records&& records, Projection thing) {
    std::map<std::string, std::int64_t> counts;
    for (auto const& record : records)
        ++counts[std::invoke(thing, record)];
    return frequency_figure(std::move(text), things, counts);
}

/// A number of every record, and what it is called.
template <class Record>
struct number_column {
    std::string name = {};
    std::function<double(Record const&)> of = {};
};

/// How columns of numbers go together: the Pearson correlation of each with each. Columns are of one
/// length; without rows, there are no cells.
[[nodiscard]] heatmap_figure
correlation_figure(figure_text text,
                   std::vector<std::pair<std::string, std::vector<double>>> const& columns);
/// The same of numbers of records.
template <class Record, class Records>
[[nodiscard]] heatmap_figure correlations_of(figure_text text, Records&& records,
                                             std::vector<number_column<Record>> const& columns) {
    std::vector<std::pair<std::string, std::vector<double>>> numbers;
    for (auto const& column : columns) {
        auto& values = numbers.emplace_back(column.name, std::vector<double>{}).second;
        for (auto const& record : records)
            values.push_back(column.of(record));
    }
    return correlation_figure(std::move(text), numbers);
}

}  // namespace examples
