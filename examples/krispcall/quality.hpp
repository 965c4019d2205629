// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>

#include <support/connection_rules.hpp>
#include <support/input_findings.hpp>
#include <support/payment_rules.hpp>
#include <support/usual_rules.hpp>

#include <attribution/attribution.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace krispcall {

/// What is wrong with the records, by rules. Nothing is repaired: equal rows of usage all count, and
/// so do those of payments. Rows have the numbers that their lines have in their files (blank lines and line breaks inside
/// of fields are not counted). `lives` are those of accounts with their usage, which counts `in_life`.
template <class Lives, class Window>
[[nodiscard]] attribution::findings validate(records const& data, Lives const& lives,
                                             Window const& in_life) {
    using namespace examples;
    namespace att = attribution;
    std::vector<std::string> platforms{"web", "mobile"};
    for (auto const& event : data.integrations)
        platforms.push_back(event.platform);
    for (auto const& use : data.usages)
        platforms.push_back(use.platform);
    auto const usual = usual_spellings(platforms);
    auto const users = distinct_texts(data.members, &member::user);
    auto const platform_rules = [&](std::string const& subject, auto platform,
                                    std::string const& line_of_nobody) {
        return att::rules(
            expected(subject, platform, data.input.nothing),
            written_as_usual(subject, platform, usual),
            warning_unless(subject + " is no line of nobody",
                           subject + " is called like the revenue of nobody",
                           [=](auto const& one) { return one.*platform != line_of_nobody; }));
    };

    auto const of_somebody = [](payment const& one) {
        return one.payer ? std::optional{one} : std::nullopt;
    };

    file_checks checks;
    checks.check(data.accounts,
                 info_unless("account has revenue", "account has no positive net revenue",
                             &account::has_revenue),
                 payment_history_rules<usd>("account"),
                 att::required("workspace owner", &account::owner),
                 warning_unless("workspace members are somebody",
                                "workspace has empty members, who are nobody",
                                [](account const& who) { return who.empty_members == 0; }));
    checks.check(data.payments, payment_rules<usd>(data.accounts, &account::owner));
    checks.check(data.integrations,
                 keys_of_customers("integration user", &integration::user, users),
                 platform_rules("integration platform", &integration::platform, "No Integration"),
                 connections_pair_up("platform", &integration::user, &integration::platform,
                                     &integration::at, &integration::connects));
    checks.check(data.usages, keys_of_customers("usage user", &usage::user, users),
                 platform_rules("usage platform", &usage::platform, "No Usage"),
                 att::unique("usage", std::identity{}).as(att::severity::warning),
                 att::inside_some_window("usage", lives, in_life));
    checks.check_rare(data.accounts, written_in_full("workspace owner", &account::owner));
    checks.check_rare(data.payments, written_in_full("payer", &payment::payer),
                      real_time("payment time", &payment::at),
                      att::unique("payment", of_somebody).as(att::severity::warning));
    checks.check_rare(data.integrations, written_in_full("integration user", &integration::user),
                      real_time("integration time", &integration::at));
    checks.check_rare(data.usages, written_in_full("usage user", &usage::user),
                      real_time("usage time", &usage::at));
    checks.add(file_findings(data.input));
    return checks.found();
}

}  // namespace krispcall
