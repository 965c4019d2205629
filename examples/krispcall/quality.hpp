// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>

#include <support/connection_rules.hpp>
#include <support/input_findings.hpp>
#include <support/payment_rules.hpp>
#include <support/usual_rules.hpp>

#include <attribution/attribution.hpp>

#include <functional>
#include <string>

namespace krispcall {

/// What is wrong with the records, by rules. Nothing is repaired: equal rows of usage all count, and
/// so do those of payments. Rows have the numbers that their lines have in their files (blank lines and line breaks inside
/// of fields are not counted). Usage counts `in_life`.
template <class Window>
[[nodiscard]] attribution::findings validate(records const& data, Window const& in_life) {
    using namespace examples;
    namespace att = attribution;
    auto const users = distinct_texts(data.members, &member::user);
    auto const usual =
        usual_in({"web", "mobile"}, &activity::platform, data.integrations, data.usages);
    auto const activity_rules = [&](std::string const& kind, std::string const& line_of_nobody) {
        auto const platform = kind + " platform";
        return att::rules(
            keys_of_customers(kind + " user", &activity::user, users),
            real_time(kind + " time", &activity::at),
            expected(platform, &activity::platform, data.input.nothing),
            written_as_usual(platform, &activity::platform, usual),
            warning_unless(platform + " is no line of nobody",
                           platform + " is called like the revenue of nobody",
                           [=](activity const& one) { return one.platform != line_of_nobody; }));
    };

    file_checks checks;
    checks.check(data.accounts,
                 info_unless("account has revenue", "account has no positive net revenue",
                             &account::has_revenue),
                 payment_history_rules<usd>("account"),
                 att::required("workspace owner", &account::owner),
                 written_in_full("workspace owner", &account::owner),
                 warning_unless("workspace members are somebody",
                                "workspace has empty members, who are nobody",
                                [](account const& who) { return who.empty_members == 0; }));
    checks.check(data.payments, payment_rules<usd>(data.accounts, &account::owner));
    checks.check(data.integrations, activity_rules("integration", "No Integration"),
                 connections_pair_up("platform", &integration::user, &integration::platform,
                                     &integration::at, &integration::connects));
    auto const lives =
        att::join(att::conversions(data.accounts, &account::owner, &account::first_payment),
                  att::touchpoints(data.usages, &usage::account, &usage::at));
    checks.check(data.usages, activity_rules("usage", "No Usage"),
                 att::unique("usage", std::identity{}).as(att::severity::warning),
                 att::inside_some_window("usage", lives, in_life));
    checks.add(file_findings(data.input));
    return checks.found();
}

}  // namespace krispcall
