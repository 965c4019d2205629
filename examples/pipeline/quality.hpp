// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/records.hpp>

#include <attribution/quality/findings.hpp>
#include <attribution/quality/keys.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/validate.hpp>
#include <attribution/quality/windows.hpp>

#include <algorithm>
#include <string>
#include <unordered_set>

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

/// Rows have the numbers that their lines have: touchpoints in audit.csv, which has them all, the
/// others in their own files (blank lines and line breaks inside of fields are not counted).
template <class Journeys, class Window>
[[nodiscard]] attribution::findings validate(records const& data, Journeys const& journeys,
                                             Window const& window) {
    namespace att = attribution;
    constexpr auto lines = att::row_naming{.limit = 5, .first_row = 2};
    auto found = att::validate(
        data.touchpoints,
        att::rules(
            att::unique("touchpoint id", &touchpoint::id),
            att::required("touchpoint contact", &touchpoint::contact),
            att::known("touchpoint contact", &touchpoint::contact, data.contacts, &contact::id),
            att::must("touchpoint contact has account", has_account_if_known(data.contacts),
                      "touchpoint contact is known, but has no account"),
            att::has_conversion("touchpoint", journeys),
            att::inside_some_window("touchpoint", journeys, window)),
        lines);
    found.merge(att::validate(
        data.opportunities,
        att::rules(att::unique("opportunity id", &opportunity::id),
                   att::required("opportunity account", &opportunity::account),
                   att::must(
                       "opportunity amount is positive",
                       [](opportunity const& sale) { return sale.amount > exact_amount{}; },
                       "opportunity amount is zero or negative")
                       .as(att::severity::warning),
                   att::has_touchpoint("opportunity", journeys, window)),
        lines));
    found.merge(att::validate(
        data.contacts,
        att::rules(att::unique("contact id", &contact::id),
                   att::required("contact id", &contact::id),
                   att::must(
                       "contact has account",
                       [](contact const& person) { return person.account || !person.id; },
                       "contact has an id, but no account")),
        lines));
    return found;
}

}  // namespace pipeline
