// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// Pictures of the columns of a table.
namespace examples {

/// How many records have how large a number: see histogram().
template <class Records, class Value>
[[nodiscard]] bar_figure histogram_of(Records const& records, Value value, std::string name,
                                      std::string title, measure across, measure of_records,
                                      std::int64_t least_width = 1) {
    std::vector<std::int64_t> values;
    for (auto const& record : records)
        values.push_back(std::invoke(value, record));
    return histogram(std::move(name), std::move(title), std::move(across), std::move(of_records),
                     std::move(values), "#56b4e9", least_width);
}

/// How often what occurs, the most frequent first, equally frequent ones by name; at most `most`, and a
/// note says if there are more. `things` is what they are called.
[[nodiscard]] bar_figure frequency_figure(std::string name, std::string title, std::string across,
                                          std::string value, std::string const& things,
                                          std::map<std::string, std::int64_t> const& counts,
                                          std::size_t most = 10);

/// How columns of numbers go together: the Pearson correlation of each with each. Columns are of one
/// length; without rows, there are no cells.
[[nodiscard]] heatmap_figure
correlation_figure(std::string name, std::string title, std::string note,
                   std::vector<std::pair<std::string, std::vector<double>>> const& columns);

}  // namespace examples
