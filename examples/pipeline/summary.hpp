// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/records.hpp>

#include <support/money_text.hpp>
#include <support/report_model.hpp>
#include <support/text_table.hpp>

#include <attribution/attribution.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The report on the terminal.
namespace pipeline {

inline constexpr auto model_names = std::to_array<std::string_view>(
    {"first_touch", "last_touch", "linear", "position_based", "time_decay", "markov", "shapley"});

/// The last two are learned, and missing where nothing can be learned.
template <class Report>
inline constexpr std::size_t models_in = std::tuple_size_v<decltype(Report::row_type::models)>;

[[nodiscard]] inline std::string model_title(std::size_t model) {
    auto title = std::string{model_names[model]};
    std::ranges::replace(title, '_', ' ');
    return title;
}

/// An amount to the last digit.
[[nodiscard]] inline std::string full_text(exact_amount amount, int decimals) {
    auto text =
        examples::format_decimal(amount.units(), decimals, examples::decimal_style::grouped);
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text + '0' : text;
}
[[nodiscard]] inline std::string full_text(double amount, int decimals) {
    return amount_text(amount, decimals);
}

template <class Amount>
[[nodiscard]] std::string cents_text(Amount amount, int decimals) {
    auto const cent = units_of_one(decimals - 2);
    auto const line = std::array{units(amount, decimals)};
    auto const rounded =
        attribution::round_together(std::span<std::int64_t const>{line}, cent).front();
    return examples::cents_text(rounded / cent);
}

/// Which channel and which segment sourced most. A model shares an opportunity out among channels;
/// the segment is the opportunity's own, so that all models agree on it.
template <class ByChannel, class BySegment>
[[nodiscard]] std::string sourced_most_text(ByChannel const& by_channel,
                                            BySegment const& by_segment, int decimals) {
    examples::text_table table{{"model", "largest channel", "amount", "largest segment", "amount"}};
    for (std::size_t model = 0; model < models_in<ByChannel>; ++model) {
        auto const channel = by_channel.largest_first(model)[0];
        auto const segments = by_segment.largest_first(model);
        if (channel.attributed)
            table.row({model_title(model), *channel.key,
                       cents_text(channel[model].amount, decimals), segments[0].key,
                       cents_text(segments[0][model].amount, decimals)});
    }
    return table.text();
}

template <class ByChannel>
[[nodiscard]] std::string unattributed_text(ByChannel const& by_channel,
                                            attribution::findings const& found, int decimals) {
    std::size_t opportunities = 0;
    for (auto const& row : by_channel)
        if (!row.attributed)
            opportunities = row[0].credits;
    auto const without_account = found.count("required(opportunity account)");
    examples::text_table table{{"unattributed opportunities", "number"}};
    table.row({"account missing", examples::count_text(without_account)});
    table.row(
        {"no touchpoint in the window", examples::count_text(opportunities - without_account)});
    table.row({"all unattributed", examples::count_text(opportunities)});
    return fmt::format("Unattributed, whatever the model: {}\n\n{}",
                       full_text(by_channel.unattributed(), decimals), table.text());
}

/// What became of every touchpoint, one line for each reason, so that the lines add up.
template <class Audit>
[[nodiscard]] std::string touchpoints_text(Audit const& audit, attribution::findings const& found) {
    using attribution::outcome;
    auto const number_of = [&](outcome what) {
        return static_cast<std::size_t>(std::ranges::count(
            audit.touchpoints(), what, [](auto const& one) { return one.what; }));
    };
    examples::text_table table{{"touchpoints", "number"}};
    auto const line = [&](std::string const& what, std::size_t number) {
        table.row({what, examples::count_text(number)});
    };
    line("in the window of an opportunity", number_of(outcome::credited));
    line("only before such windows", number_of(outcome::before_window));
    line("only after the opportunities", number_of(outcome::after_window));
    line("account without opportunity", number_of(outcome::no_such_key));
    line("unusable: contact missing", found.count("required(touchpoint contact)"));
    line("unusable: contact unknown", found.count("known(touchpoint contact)"));
    line("unusable: contact without account", found.count("touchpoint contact has account"));
    line("all touchpoints", audit.touchpoints().size());
    return table.text();
}

[[nodiscard]] inline std::string faults_text(attribution::findings const& found) {
    examples::text_table table{{"other odd rows", "number"}};
    auto const line = [&](std::string const& what, std::string_view rule) {
        table.row({what, examples::count_text(found.count(rule))});
    };
    line("touchpoints repeating an id (they count)", "unique(touchpoint id)");
    line("opportunities repeating an id (they count)", "unique(opportunity id)");
    line("contacts without id", "required(contact id)");
    line("contacts without account", "contact has account");
    line("contacts repeating an id (the first counts)", "unique(contact id)");
    return table.text();
}

}  // namespace pipeline
