// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/records.hpp>

#include <support/csv.hpp>
#include <support/input_findings.hpp>
#include <support/usual_rules.hpp>

#include <attribution/quality/findings.hpp>
#include <attribution/quality/has_conversion.hpp>
#include <attribution/quality/has_touchpoint.hpp>
#include <attribution/quality/inside_some_window.hpp>
#include <attribution/quality/known.hpp>
#include <attribution/quality/must.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rules.hpp>
#include <attribution/quality/unique.hpp>
#include <attribution/quality/validate.hpp>

#include <fmt/format.h>

#include <set>
#include <string>
#include <unordered_set>

/// What is wrong with the records, by rules. Nothing is repaired: a repeated id is only reported,
/// its row counts like any other, as in the published figures.
namespace pipeline {

/// Spend of channels that no touchpoint has: perhaps they are written otherwise there.
[[nodiscard]] inline attribution::finding spend_of_known_channels(records const& data) {
    auto const all = examples::texts_of(data.touchpoints, &touchpoint::channel);
    std::unordered_set<std::string> const known(all.begin(), all.end());
    attribution::offences found{5};
    std::set<std::string> notes;
    for (std::size_t row = 0; row < data.spend->size(); ++row) {
        auto const& channel = (*data.spend)[row].channel;
        if (known.contains(channel))
            continue;
        found.row(row + examples::file_lines.first_row);
        auto const meant = examples::nearest(channel, examples::usual_spellings(all));
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
    using namespace examples;
    namespace att = attribution;
    auto const& nothing = data.input.nothing;
    auto const people = distinct_texts(data.contacts, &contact::id);
    text_set known;
    for (auto const person : people)
        known.add(person);
    auto found = att::validate(
        data.touchpoints,
        att::rules(
            unique_id("touchpoint id", &touchpoint::id, nothing),
            expected("touchpoint id", &touchpoint::id, nothing),
            expected("touchpoint channel", &touchpoint::channel, nothing),
            written_as_mostly("touchpoint channel", data.touchpoints, &touchpoint::channel),
            att::required("touchpoint contact", &touchpoint::contact),
            att::known("touchpoint contact", &touchpoint::contact, data.contacts, &contact::id),
            written_as_usual("touchpoint contact", &touchpoint::contact, people),
            one_customer("touchpoint contact", &touchpoint::contact),
            att::must(
                "touchpoint contact has account",
                [&](touchpoint const& touch) {
                    return touch.account || !touch.contact || !known.contains(*touch.contact);
                },
                "touchpoint contact is known, but has no account"),
            att::has_conversion("touchpoint", journeys),
            att::inside_some_window("touchpoint", journeys, window)),
        file_lines);
    found.merge(att::validate(
        data.opportunities,
        att::rules(
            unique_id("opportunity id", &opportunity::id, nothing),
            expected("opportunity id", &opportunity::id, nothing),
            att::required("opportunity account", &opportunity::account),
            written_as_usual("opportunity account", &opportunity::account,
                             distinct_texts(data.contacts, &contact::account)),
            one_customer("opportunity account", &opportunity::account),
            written_as_mostly("opportunity segment", data.opportunities, &opportunity::segment),
            should(
                "opportunity amount is positive",
                [](opportunity const& sale) { return sale.amount > exact_amount{}; },
                "opportunity amount is zero or negative"),
            should(
                "opportunity amount is exact",
                [](opportunity const& sale) { return !sale.rounded; },
                "opportunity amount was rounded: all of them do not fit with its decimals"),
            att::has_touchpoint("opportunity", journeys, window)),
        file_lines));
    found.merge(att::validate(
        data.contacts,
        att::rules(att::unique("contact id", &contact::id),
                   att::required("contact id", &contact::id),
                   one_customer("contact account", &contact::account),
                   att::must(
                       "contact has account",
                       [](contact const& person) { return person.account || !person.id; },
                       "contact has an id, but no account")),
        file_lines));
    if (data.spend) {
        found.add(spend_of_known_channels(data));
        found.merge(att::validate(
            *data.spend,
            att::rules(should(
                           "spend is not negative",
                           [](expense const& cost) { return cost.amount >= exact_amount{}; },
                           "spend is negative"),
                       should(
                           "spend is exact", [](expense const& cost) { return !cost.rounded; },
                           "spend was rounded: all amounts do not fit with its decimals")),
            file_lines));
    }
    found.merge(file_findings(data.input));
    found.merge(time_findings(data.input));
    return found;
}

}  // namespace pipeline
