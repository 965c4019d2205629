// SPDX-License-Identifier: BSL-1.0
#include <support/column_figures.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace examples {

bar_figure frequency_figure(figure_text text, std::string const& things,
                            std::map<std::string, std::int64_t> const& counts, std::size_t most) {
    std::vector<std::pair<std::string, std::int64_t>> order(counts.begin(), counts.end());
    std::ranges::sort(order, {}, [](auto const& one) { return std::pair{-one.second, one.first}; });
    order.resize(std::min(order.size(), most));
    bar_figure drawn{.name = std::move(text.name),
                     .title = std::move(text.title),
                     .across = {std::move(text.across)},
                     .value = {std::move(text.value)},
                     .series = {{"", "#0072b2", {}}},
                     .slanted = true};
    if (counts.size() > most)
        drawn.note = fmt::format("The first {} of {} {}.", most, counts.size(), things);
    for (auto const& [thing, count] : order) {
        drawn.categories.push_back(thing);
        drawn.series[0].values.emplace_back(count);
    }
    return drawn;
}

heatmap_figure
correlation_figure(figure_text text,
                   std::vector<std::pair<std::string, std::vector<double>>> const& columns) {
    heatmap_figure drawn{
        .name = std::move(text.name), .title = std::move(text.title), .note = std::move(text.note)};
    if (columns.empty() || columns.front().second.empty())
        return drawn;
    for (auto const& [one, values] : columns) {
        drawn.rows.push_back(one);
        drawn.columns.push_back(one);
        auto& shades = drawn.shades.emplace_back();
        auto& texts = drawn.texts.emplace_back();
        for (auto const& other : columns) {
            auto const r = correlation(values, other.second);
            shades.push_back(r);
            auto const number = r ? fmt::format("{:+.2f}", *r) : "–";
            texts.push_back(number == "-0.00" || number == "+0.00" ? "0.00" : number);
        }
    }
    return drawn;
}

}  // namespace examples
