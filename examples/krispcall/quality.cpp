// SPDX-License-Identifier: BSL-1.0
#include <krispcall/report.hpp>
#include <krispcall/rules.hpp>

#include <support/connection_rules.hpp>
#include <support/input_findings.hpp>
#include <support/usual_rules.hpp>

#include <algorithm>
#include <functional>

namespace att = attribution;

namespace krispcall {

namespace {

using namespace examples;

/// A missing user is empty, and nobody.
auto present(auto user) {
    return [user](auto const& record) {
        return (record.*user).empty() ? std::nullopt : std::optional{record.*user};
    };
}

}  // namespace

att::findings validate(records const& data) {
    auto const lives = att::join(
        att::conversions(data.accounts, &account::owner, &account::first_payment), usages_of(data));
    std::vector<std::string> platforms{"web", "mobile"};
    for (auto const& event : data.integrations)
        platforms.push_back(event.platform);
    for (auto const& use : data.usages)
        platforms.push_back(use.platform);
    auto const usual = usual_spellings(platforms);
    auto const platform_rules = [&](std::string const& subject, auto platform,
                                    std::string const& line_of_nobody) {
        return att::rules(expected(subject, platform, data.input.nothing),
                          written_as_usual(subject, platform, usual),
                          should(
                              subject + " is no line of nobody",
                              [=](auto const& one) { return one.*platform != line_of_nobody; },
                              subject + " is called like the revenue of nobody"));
    };

    file_checks checks;
    checks.check(
        data.accounts,
        att::must("account has revenue", has_revenue, "account has no positive net revenue")
            .as(att::severity::info),
        should(
            "account paid before it was refunded",
            [](account const& who) {
                return !who.first_refund || *who.first_refund >= who.first_payment;
            },
            "account was refunded before it paid anything"),
        should(
            "account paid what it was refunded",
            [](account const& who) { return who.refunded <= std::max(who.paid, usd{}); },
            "account was refunded more than it paid"));
    checks.check(data.workspaces, att::required("workspace owner", &workspace::owner),
                 should(
                     "workspace members are somebody",
                     [](workspace const& one) { return one.empty_members == 0; },
                     "workspace has empty members, who are nobody"));
    checks.check(
        data.payments, att::required("payer", &payment::payer),
        att::known("payer", present(&payment::payer), data.accounts, &account::owner),
        written_as_usual("payer", &payment::payer, texts_of(data.accounts, &account::owner)),
        should(
            "payment is not negative",
            [](payment const& one) { return !one.pays || one.amount >= usd{}; },
            "payment is negative, and makes the revenue smaller"),
        should(
            "refund is not negative",
            [](payment const& one) { return one.pays || one.amount >= usd{}; },
            "refund is negative, and was taken off as if it were not"));
    checks.check(data.integrations,
                 keys_of_customers("integration user", present(&integration::user), data.users),
                 platform_rules("integration platform", &integration::platform, "No Integration"),
                 connections_pair_up("platform", &integration::user, &integration::platform,
                                     &integration::at, &integration::connects));
    checks.check(data.usages, keys_of_customers("usage user", present(&usage::user), data.users),
                 platform_rules("usage platform", &usage::platform, "No Usage"),
                 att::unique("usage", std::identity{}).as(att::severity::warning),
                 att::inside_some_window("usage", lives, in_life));
    checks.add(file_findings(data.input));
    return checks.found();
}

}  // namespace krispcall
