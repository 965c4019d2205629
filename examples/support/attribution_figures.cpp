// SPDX-License-Identifier: BSL-1.0
#include <support/attribution_figures.hpp>

#include <support/comparison_figure.hpp>
#include <support/unicode.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace examples {

namespace {

/// Who gets a colour of its own; the others share one.
class channel_places {
  public:
    explicit channel_places(report_model const& report) {
        constexpr std::size_t most = 6;
        std::vector<std::pair<std::int64_t, std::string>> order;
        for (auto const& line : report.compared.lines)
            if (line.attributed)
                order.emplace_back(-line.cents[report.chosen].value_or(0), line.name);
        std::ranges::sort(order);
        // One more than there is room for would be alone among "others".
        own_ = order.size() <= most + 1 ? order.size() : most;
        for (std::size_t i = 0; i < order.size(); ++i) {
            places_.emplace(order[i].second, std::min(i, own_));
            if (i < own_)
                names.push_back(order[i].second);
        }
        if (own_ < order.size())
            names.push_back(fmt::format("{} other {}", order.size() - own_, report.words.channels));
        names.emplace_back("unattributed");
    }

    [[nodiscard]] std::size_t of(std::string const& channel) const { return places_.at(channel); }
    [[nodiscard]] std::size_t nobody() const { return names.size() - 1; }
    [[nodiscard]] std::string colour(std::size_t place) const {
        return std::string{place == nobody() ? grey
                           : place < own_    ? palette[place]
                                             : std::string_view{"#555555"}};
    }

    std::vector<std::string> names;

  private:
    std::map<std::string, std::size_t> places_;
    std::size_t own_ = 0;
};

}  // namespace

figure segment_figure(report_model const& report, std::string name) {
    auto const& words = report.words;
    heatmap_figure drawn{
        .name = std::move(name),
        .title = fmt::format("{} by {} and {}, {} model", capital(words.amount), words.group,
                             words.channel, report.models[report.chosen].title),
        .note = "The darker, the more; rounded to whole units of the data's currency.",
        .row_title = capital(words.group),
        .column_title = capital(words.channel)};
    using place = std::pair<std::string, bool>;  // a channel may be called unattributed
    std::map<std::string, std::map<place, std::int64_t>> cells;
    auto const nobody = place{"unattributed", false};
    std::int64_t largest = 0;
    for (auto const& line : by_group_cents(report)) {
        auto const cents = line.cents[report.chosen];
        if (!cents)
            continue;
        cells[line.group][line.attributed ? place{line.name, true} : nobody] += *cents;
        largest = std::max(largest, *cents);
    }
    std::vector<place> columns;
    for (auto const& line : report.compared.lines)
        columns.push_back(line.attributed ? place{line.name, true} : nobody);
    if (cells.empty())
        columns.clear();
    for (auto const& column : columns)
        drawn.columns.push_back(column.first);
    for (auto const& [segment, by_channel] : cells) {
        drawn.rows.push_back(segment);
        auto& shades = drawn.shades.emplace_back();
        auto& texts = drawn.texts.emplace_back();
        for (auto const& column : columns) {
            auto const found = by_channel.find(column);
            auto const cents = found == by_channel.end() ? 0 : found->second;
            shades.emplace_back(
                largest == 0 ? 0.0 : static_cast<double>(cents) / static_cast<double>(largest));
            texts.push_back(
                format_decimal((cents + (cents < 0 ? -50 : 50)) / 100, 0, decimal_style::grouped));
        }
    }
    return drawn;
}

figure time_to_conversion_figure(report_model const& report) {
    auto const& words = report.words;
    auto drawn = counted_histogram(
        "time_to_conversion_histogram",
        fmt::format("Time from the first {} to the {}", words.touchpoint, words.conversion),
        {"Whole days", ""}, {capital(words.conversions)}, sums_of(report).days_to_conversion,
        "#56b4e9");
    for (auto& mark : drawn.marks)
        mark.text += " days";
    drawn.note = fmt::format("The first {} in the window of each {} that has one.",
                             words.touchpoint, words.conversion);
    return drawn;
}

figure monthly_figure(report_model const& report, std::string name, std::string title,
                      std::string across, std::string note, measure value) {
    bar_figure drawn{.name = std::move(name),
                     .title = std::move(title),
                     .note = std::move(note),
                     .across = {std::move(across)},
                     .value = std::move(value),
                     .stacked = true,
                     .slanted = true};
    auto const by_month = sums_of(report).cents_by_month;
    if (by_month.empty())
        return drawn;
    auto const first = by_month.begin()->first, last = by_month.rbegin()->first;
    std::map<date::year_month, std::size_t> months;
    constexpr std::size_t most = 120;  // a wrong date must not draw thousands
    std::set<date::year_month> seen;
    for (auto const& [month, cents] : by_month)
        seen.insert(month);
    if (static_cast<std::size_t>((last - first).count() + 1) <= most)
        for (auto month = first; month <= last; month += date::months{1})
            seen.insert(month);
    for (auto const month : seen) {
        months.emplace(month, months.size());
        drawn.categories.push_back(date::format("%Y-%m", month / 1));
    }
    channel_places const places{report};
    std::vector<std::vector<std::int64_t>> sums(places.names.size(),
                                                std::vector<std::int64_t>(months.size()));
    for (auto const& [month, by_channel] : by_month)
        for (auto const& [channel, cents] : by_channel)  // one that earns nothing has no place
            sums[channel ? places.of(*channel) : places.nobody()][months.at(month)] += cents;
    for (std::size_t place = 0; place < places.names.size(); ++place) {
        auto& series =
            drawn.series.emplace_back(figure_series{places.names[place], places.colour(place), {}});
        series.values.assign(sums[place].begin(), sums[place].end());
    }
    return drawn;
}

std::vector<figure> usual_figures(report_model const& report, figure_words const& words) {
    auto drawn = comparison_figure(report, "channels_by_model", words.comparison);
    if (words.value)
        drawn.value = *words.value;
    auto const value = drawn.value;
    std::vector<figure> figures{std::move(drawn)};
    if (!report.words.group.empty())
        figures.push_back(segment_figure(report, "segment_by_channel_heatmap"));
    figures.push_back(time_to_conversion_figure(report));
    figures.push_back(monthly_figure(report, words.by_month, words.by_month_title, words.month,
                                     words.month_note, value));
    return figures;
}

std::vector<figure> usual_figures(report_model const& report, report_text const& text) {
    auto const word = [&](std::string const& key) { return text.one("figures", key); };
    figure_words words{.comparison = word("comparison"),
                       .by_month = word("by_month"),
                       .by_month_title = word("by_month_title"),
                       .month = word("month"),
                       .month_note = word("month_note")};
    if (auto value = text.one("figures", "value", ""); !value.empty())
        words.value = measure{std::move(value), "", 2};
    return usual_figures(report, words);
}

}  // namespace examples
