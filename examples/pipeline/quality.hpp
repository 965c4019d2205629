// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/records.hpp>

#include <support/csv.hpp>
#include <support/input_findings.hpp>
#include <support/names.hpp>

#include <attribution/quality/findings.hpp>
#include <attribution/quality/keys.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/validate.hpp>
#include <attribution/quality/windows.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

/// What is wrong with the records, by rules. Nothing is repaired: a repeated id is only reported,
/// its row counts like any other, as in the published figures.
namespace pipeline {

/// Touchpoints of people who are known, but not where they belong.
[[nodiscard]] inline auto has_account_if_known(std::vector<contact> const& contacts) {
    std::unordered_set<std::string> known;
    for (auto const& person : contacts)
        if (person.id)
            known.insert(*person.id);
    return [known](touchpoint const& touch) {
        return touch.account || !touch.contact || !known.contains(*touch.contact);
    };
}

/// All values of a column.
template <class Records, class Projection>
[[nodiscard]] std::vector<std::string> texts_of(Records const& records, Projection text) {
    std::vector<std::string> texts;
    for (auto const& record : records)
        if (auto const found = examples::detail::text_in(std::invoke(text, record)))
            texts.emplace_back(*found);
    return texts;
}

/// Spend of channels that no touchpoint has: perhaps they are written otherwise there.
[[nodiscard]] inline attribution::finding spend_of_known_channels(records const& data,
                                                                  std::size_t first_row) {
    auto const all = texts_of(data.touchpoints, &touchpoint::channel);
    auto const channels = examples::usual_spellings(all);
    std::unordered_set<std::string> const known(all.begin(), all.end());
    attribution::offences found{5};
    std::set<std::string> notes;
    for (std::size_t row = 0; row < data.spend->size(); ++row) {
        auto const& channel = (*data.spend)[row].channel;
        if (known.contains(channel))
            continue;
        found.row(row + first_row);
        auto const meant = examples::nearest(channel, channels);
        notes.insert(meant ? fmt::format("{} may be misspelt for {}", examples::in_quotes(channel),
                                         examples::in_quotes(*meant))
                           : examples::in_quotes(channel));
    }
    return {"known(spend channel)",
            attribution::severity::warning,
            "spend is of a channel that no touchpoint has",
            data.spend->size(),
            found.count(),
            found.rows(),
            {notes.begin(), notes.end()}};
}

/// Rows have the numbers that their lines have: touchpoints in audit.csv, which has them all, the
/// others in their own files (blank lines and line breaks inside of fields are not counted).
template <class Journeys, class Window>
[[nodiscard]] attribution::findings validate(records const& data, Journeys const& journeys,
                                             Window const& window) {
    namespace att = attribution;
    constexpr auto lines = att::row_naming{.limit = 5, .first_row = 2};
    auto const nothing = [&](std::string const& text) {
        return examples::means_nothing(text, data.input.nothing);
    };
    auto const present = [&](auto member) {
        return [nothing, member](auto const& record) {
            return nothing(record.*member) ? std::nullopt : std::optional{record.*member};
        };
    };
    // A customer may be large: a default or a robot is larger.
    auto const one_person = [](char const* subject, auto key) {
        return att::plausible_share(subject, key, 0.25, 20);
    };
    auto const usual = [](auto const& records, auto text) {
        return examples::usual_spellings(texts_of(records, text));
    };
    auto found = att::validate(
        data.touchpoints,
        att::rules(
            att::unique("touchpoint id", present(&touchpoint::id)),
            att::required("touchpoint id", &touchpoint::id, nothing).as(att::severity::warning),
            att::required("touchpoint channel", &touchpoint::channel, nothing)
                .as(att::severity::warning),
            examples::written_as_usual("touchpoint channel", &touchpoint::channel,
                                       usual(data.touchpoints, &touchpoint::channel)),
            att::required("touchpoint contact", &touchpoint::contact),
            att::known("touchpoint contact", &touchpoint::contact, data.contacts, &contact::id),
            examples::written_as_usual("touchpoint contact", &touchpoint::contact,
                                       texts_of(data.contacts, &contact::id)),
            one_person("touchpoint contact", &touchpoint::contact),
            att::must("touchpoint contact has account", has_account_if_known(data.contacts),
                      "touchpoint contact is known, but has no account"),
            att::has_conversion("touchpoint", journeys),
            att::inside_some_window("touchpoint", journeys, window)),
        lines);
    found.merge(att::validate(
        data.opportunities,
        att::rules(
            att::unique("opportunity id", present(&opportunity::id)),
            att::required("opportunity id", &opportunity::id, nothing).as(att::severity::warning),
            att::required("opportunity account", &opportunity::account),
            examples::written_as_usual("opportunity account", &opportunity::account,
                                       texts_of(data.contacts, &contact::account)),
            one_person("opportunity account", &opportunity::account),
            examples::written_as_usual("opportunity segment", &opportunity::segment,
                                       usual(data.opportunities, &opportunity::segment)),
            att::must(
                "opportunity amount is positive",
                [](opportunity const& sale) { return sale.amount > exact_amount{}; },
                "opportunity amount is zero or negative")
                .as(att::severity::warning),
            att::must(
                "opportunity amount is exact",
                [](opportunity const& sale) { return !sale.rounded; },
                "opportunity amount was rounded: all of them do not fit with its decimals")
                .as(att::severity::warning),
            att::has_touchpoint("opportunity", journeys, window)),
        lines));
    found.merge(att::validate(
        data.contacts,
        att::rules(att::unique("contact id", &contact::id),
                   att::required("contact id", &contact::id),
                   one_person("contact account", &contact::account),
                   att::must(
                       "contact has account",
                       [](contact const& person) { return person.account || !person.id; },
                       "contact has an id, but no account")),
        lines));
    if (data.spend) {
        found.add(spend_of_known_channels(data, lines.first_row));
        found.merge(att::validate(
            *data.spend,
            att::rules(att::must(
                           "spend is not negative",
                           [](expense const& cost) { return cost.amount >= exact_amount{}; },
                           "spend is negative")
                           .as(att::severity::warning),
                       att::must(
                           "spend is exact", [](expense const& cost) { return !cost.rounded; },
                           "spend was rounded: all amounts do not fit with its decimals")
                           .as(att::severity::warning)),
            lines));
    }
    found.merge(examples::file_findings(data.input));
    found.merge(examples::time_findings(data.input));
    return found;
}

}  // namespace pipeline
