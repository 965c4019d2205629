// SPDX-License-Identifier: BSL-1.0
#include <support/comparison_figure.hpp>

#include <support/intervals.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

namespace examples {

bar_figure comparison_figure(report_model const& report, std::string name, std::string title) {
    constexpr std::size_t most = 30;
    std::vector<comparison::line const*> lines;
    for (auto const& line : report.compared.lines)
        lines.push_back(&line);
    auto const place = [&](comparison::line const* line) {
        auto const chosen = line->cents[report.chosen];
        auto largest = std::numeric_limits<std::int64_t>::min();
        for (auto const& cents : line->cents)
            largest = std::max(largest, cents.value_or(largest));
        return std::tuple{line->attributed, chosen.value_or(0), largest};
    };
    std::ranges::sort(lines, [&](auto const* a, auto const* b) {
        return place(a) != place(b) ? place(a) > place(b) : a < b;
    });
    auto const nobody =
        std::ranges::find_if(lines, [](auto const* line) { return !line->attributed; });
    auto const channels = static_cast<std::size_t>(nobody - lines.begin());
    if (channels > most)
        lines.erase(lines.begin() + most, nobody);

    bar_figure drawn{.name = std::move(name),
                     .title = std::move(title),
                     .across = {capital(report.words.channel)},
                     .value = {capital(report.words.amount), report.currency, 2},
                     .categories = {},
                     .series = {},
                     .lying = true};
    if (channels > most)
        drawn.note = fmt::format("The {} largest of {} {}.", most, channels, report.words.channels);
    if (has_intervals(report))
        drawn.note +=
            drawn.note.empty() ? "Error bars: 95 % intervals." : " Error bars: 95 % intervals.";
    for (auto const* line : lines)
        drawn.categories.push_back(line->name);
    for (std::size_t model = 0; model < report.models.size(); ++model) {
        auto& series = drawn.series.emplace_back(
            figure_series{report.models[model].title, report.models[model].colour, {}});
        for (auto const* line : lines) {
            auto const& cents = series.values.emplace_back(line->cents[model]);
            if (!line->ranges.empty())
                series.ranges.push_back(cents ? std::optional{line->ranges[model]} : std::nullopt);
        }
    }
    return drawn;
}

}  // namespace examples
