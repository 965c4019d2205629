// SPDX-License-Identifier: BSL-1.0
#include <krispcall/report.hpp>
#include <krispcall/rules.hpp>

#include <support/input_findings.hpp>
#include <support/usual_rules.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <utility>

namespace att = attribution;

namespace krispcall {

namespace {

using namespace examples;

enum class odd { connect, disconnect };

/// Connects of what is connected already, or disconnects of what is not, in the order of time.
auto no_odd_events(std::string name, std::string text, odd wanted) {
    auto check = [wanted](auto const& events, att::offences& found) {
        std::vector<std::size_t> order(events.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {}, [&](std::size_t row) { return events[row].at; });
        std::map<std::pair<std::string, std::string>, std::size_t> open;
        for (auto const row : order) {
            integration const& event = events[row];
            if (event.user.empty())
                continue;
            auto& connections = open[{event.user, event.platform}];
            if (event.connects ? wanted == odd::connect && connections > 0
                               : wanted == odd::disconnect && connections == 0)
                found.row(row);
            if (event.connects)
                ++connections;
            else if (connections > 0)
                --connections;
        }
    };
    return att::basic_rule{std::move(name), att::severity::warning, std::move(text),
                           std::move(check)};
}

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
                 no_odd_events("connect while not connected",
                               "the user has the platform connected already", odd::connect),
                 no_odd_events("disconnect while connected",
                               "the user does not have the platform connected", odd::disconnect));
    checks.check(data.usages, keys_of_customers("usage user", present(&usage::user), data.users),
                 platform_rules("usage platform", &usage::platform, "No Usage"),
                 att::unique("usage", std::identity{}).as(att::severity::warning),
                 att::inside_some_window("usage", lives, in_life));
    checks.add(file_findings(data.input));
    return checks.found();
}

}  // namespace krispcall
