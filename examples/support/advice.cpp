// SPDX-License-Identifier: BSL-1.0
#include <support/advice.hpp>

#include <support/intervals.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace examples {

namespace {

constexpr std::size_t most_names = 2;

std::int64_t cents_of(comparison::line const& line, std::size_t model) {
    return line.cents[model].value_or(0);
}

std::int64_t difference(comparison::line const& line, std::size_t one, std::size_t other) {
    return std::abs(cents_of(line, one) - cents_of(line, other));
}

/// Do two models give a channel the same, by their intervals, or else to within a tenth of the larger
/// amount?
bool agree(comparison::line const& line, std::size_t one, std::size_t other) {
    if (!line.ranges.empty())
        return line.ranges[one].low <= line.ranges[other].high &&
               line.ranges[other].low <= line.ranges[one].high;
    auto const larger = std::max(std::abs(cents_of(line, one)), std::abs(cents_of(line, other)));
    return difference(line, one, other) <= larger / 10;
}

/// "A", "A and B", "A, B and C", "A, B and others".
std::string listed(std::vector<std::string> names) {
    if (names.size() > most_names + 1) {  // a single one is no "others"
        names.resize(most_names);
        names.emplace_back("others");
    }
    auto const last = names.back();
    names.pop_back();
    if (names.empty())
        return last;
    auto const comma = [](std::string const& name) { return name.find(',') != name.npos; };
    auto const between = std::ranges::any_of(names, comma) || comma(last) ? "; " : ", ";
    return fmt::format("{} and {}", fmt::join(names, between), last);
}

/// The channels, those with most by the chosen model first.
std::vector<comparison::line const*> channels_of(report_model const& report) {
    std::vector<comparison::line const*> lines;
    for (auto const& line : report.compared.lines)
        if (line.attributed)
            lines.push_back(&line);
    std::ranges::stable_sort(lines, [&](auto const* a, auto const* b) {
        return cents_of(*a, report.chosen) > cents_of(*b, report.chosen);
    });
    return lines;
}

/// How far a model is from the chosen one, in all.
std::int64_t distance(report_model const& report, std::vector<comparison::line const*> const& lines,
                      std::size_t model) {
    std::int64_t sum = 0;
    for (auto const* line : lines)
        sum += difference(*line, report.chosen, model);
    return sum;
}

/// The other models, those that differ least from the chosen one first.
std::vector<std::size_t> others_of(report_model const& report,
                                   std::vector<comparison::line const*> const& lines) {
    std::vector<std::size_t> others;
    for (std::size_t model = 0; model < report.models.size(); ++model)
        if (model != report.chosen)
            others.push_back(model);
    std::ranges::stable_sort(others, {},
                             [&](std::size_t model) { return distance(report, lines, model); });
    return others;
}

std::string amount(report_model const& report, std::int64_t cents) {
    return report.currency.empty() ? cents_text(cents) : cents_text(cents) + ' ' + report.currency;
}

/// With its interval, if there is one: 12.00 USD [10.00 – 14.00].
std::string amount_and_range(report_model const& report, comparison::line const& line,
                             std::size_t model) {
    auto const text = amount(report, cents_of(line, model));
    return line.ranges.empty() ? text
                               : fmt::format("{} [{}]", text, range_text(line.ranges[model]));
}

/// What the truth board says of the models at hand.
std::string nearest_to_the_truth(report_model const& report) {
    constexpr std::array<std::string_view, 2> order{"survival", "additive_hazard"};
    for (auto const name : order)
        for (auto const& model : report.models)
            if (model.name.starts_with(name))
                return fmt::format("Where the truth is known, in test worlds, {} came nearest to "
                                   "it: no proof for these data.",
                                   model.title);
    return "Where the truth is known, in test worlds, models like these err about equally.";
}

/// Channels on which a model does not agree with the chosen one, those of the largest difference first.
std::vector<comparison::line const*> disputed(report_model const& report,
                                              std::vector<comparison::line const*> lines,
                                              std::size_t model) {
    std::erase_if(lines, [&](auto const* line) { return agree(*line, report.chosen, model); });
    std::ranges::stable_sort(lines, [&](auto const* a, auto const* b) {
        return difference(*a, report.chosen, model) > difference(*b, report.chosen, model);
    });
    return lines;
}

/// Where a model agrees with the chosen one, and where it does not.
std::string compared_text(report_model const& report,
                          std::vector<comparison::line const*> const& lines, std::size_t model,
                          std::string_view how_far) {
    auto const both =
        fmt::format("{} and {}, which differ {},", capital(report.models[report.chosen].title),
                    report.models[model].title, how_far);
    std::vector<std::string> same, differ;
    for (auto const* line : lines)
        if (agree(*line, report.chosen, model))
            same.push_back(name_in_words(line->name));
    for (auto const* line : disputed(report, lines, model))
        differ.push_back(name_in_words(line->name));
    if (differ.empty())
        return fmt::format("{} agree on every {}{}.", both, report.words.channel,
                           has_intervals(report) ? ": their intervals overlap"
                                                 : ", within a tenth");
    if (same.empty())
        return fmt::format("{} agree on no {}.", both, report.words.channel);
    return fmt::format("{} agree on {} ({}), not on {}.", both, listed(same),
                       has_intervals(report) ? "their intervals overlap" : "within a tenth",
                       listed(differ));
}

}  // namespace

std::vector<std::string> advice_of(report_model const& report) {
    auto const lines = channels_of(report);
    if (report.models.size() < 2 || lines.empty())
        return {};
    auto const others = others_of(report, lines);
    std::vector<std::string> said;
    if (others.size() > 1)
        said.push_back(compared_text(report, lines, others.front(), "least"));
    auto const other = others.back();
    said.push_back(compared_text(report, lines, other, "most"));
    auto const differ = disputed(report, lines, other);
    if (differ.empty()) {
        said.emplace_back("Agreement is no proof: models of one kind are wrong together.");
        return said;
    }
    auto const& first = *differ.front();
    said.push_back(fmt::format("Test {} first ({} by the one, {} by the other): leave it out for "
                               "one half.",
                               name_in_words(first.name),
                               amount_and_range(report, first, report.chosen),
                               amount_and_range(report, first, other)));
    said.push_back(nearest_to_the_truth(report));
    return said;
}

std::vector<std::string> blind_spots_of(report_model const& report) {
    auto const& words = report.words;
    return {fmt::format("Who would have come anyway: people who want to buy meet more {}. Only a "
                        "test that leaves a {} out by lot can tell.",
                        words.channels, words.channel),
            fmt::format("What was not recorded: {} that nobody saw, and which two keys are one "
                        "person.",
                        words.touchpoints)};
}

}  // namespace examples
