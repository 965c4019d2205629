// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/records.hpp>

#include <support/input_findings.hpp>
#include <support/returns.hpp>
#include <support/usual_rules.hpp>

#include <attribution/attribution.hpp>

namespace pipeline {

/// What is wrong with the records, by rules. Nothing is repaired: a repeated id is only reported, its
/// row counts like any other, as in the published figures.
///
/// Rows have the numbers that their lines have: touchpoints in audit.csv, which has them all, the
/// others in their own files (blank lines and line breaks inside of fields are not counted).
template <class Journeys, class Window>
[[nodiscard]] attribution::findings validate(records const& data, Journeys const& journeys,
                                             Window const& window) {
    using namespace examples;
    namespace att = attribution;
    auto const& nothing = data.input.nothing;
    auto const people = set_of_texts(data.contacts, &contact::id);
    auto const accounts = set_of_texts(data.contacts, &contact::account);
    file_checks checks;
    checks.check(data.touchpoints, ids_of_rows("touchpoint id", &touchpoint::id, nothing),
                 expected("touchpoint channel", &touchpoint::channel, nothing),
                 written_as_mostly("touchpoint channel", data.touchpoints, &touchpoint::channel),
                 keys_of_customers("touchpoint contact", &touchpoint::contact, people.texts()),
                 real_time("touchpoint time", &touchpoint::time),
                 error_unless("touchpoint contact has account",
                              "touchpoint contact is known, but has no account",
                              [&](touchpoint const& touch) {
                                  return touch.account || !touch.contact ||
                                         !people.contains(*touch.contact);
                              }),
                 att::has_conversion("touchpoint", journeys),
                 att::inside_some_window("touchpoint", journeys, window));
    checks.check(
        data.opportunities, ids_of_rows("opportunity id", &opportunity::id, nothing),
        att::required("opportunity account", &opportunity::account),
        written_as_usual("opportunity account", &opportunity::account, accounts.texts()),
        one_customer("opportunity account", &opportunity::account),
        written_in_full("opportunity account", &opportunity::account),
        keys_meet("accounts of both files meet",
                  "no contact has the account of any opportunity: are they the same ids, written "
                  "alike?",
                  &opportunity::account, accounts),
        real_time("opportunity time", &opportunity::created),
        written_as_mostly("opportunity segment", data.opportunities, &opportunity::segment),
        amounts_of_rows("opportunity amount", &opportunity::amount),
        att::has_touchpoint("opportunity", journeys, window));
    checks.check(data.contacts, att::unique("contact id", &contact::id),
                 att::required("contact id", &contact::id),
                 written_in_full("contact id", &contact::id),
                 written_in_full("contact account", &contact::account),
                 one_customer("contact account", &contact::account),
                 error_unless("contact has account", "contact has an id, but no account",
                              [](contact const& person) { return person.account || !person.id; }));
    if (data.spend)
        checks.add(validate_spend(*data.spend, texts_of(data.touchpoints, &touchpoint::channel)));
    checks.add(reading_findings(data.input));
    return checks.found();
}

}  // namespace pipeline
