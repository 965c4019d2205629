// SPDX-License-Identifier: BSL-1.0
#include <krispcall/quality.hpp>

#include <krispcall/policies.hpp>

#include <support/input_findings.hpp>
#include <support/names.hpp>

#include <attribution/attribution.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;

namespace krispcall {

namespace {

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

}  // namespace

att::findings validate(records const& data) {
    constexpr auto lines = att::row_naming{.limit = 5, .first_row = 2};
    auto const lives = att::join(
        att::conversions(data.accounts, &account::owner, &account::first_payment), usages_of(data));
    // Of people, a missing one is empty: required() counts it, the others pass it by.
    auto const present = [](auto member) {
        return [member](auto const& record) {
            auto const& user = record.*member;
            return user.empty() ? std::nullopt : std::optional{user};
        };
    };
    // A user may be busy: a default or a robot is busier.
    auto const one_person = [](char const* subject, auto user) {
        return att::plausible_share(subject, user, 0.25, 20);
    };
    auto const nothing = [&](std::string const& text) {
        return examples::means_nothing(text, data.input.nothing);
    };
    std::vector<std::string> owners, platforms{"web", "mobile"};
    for (auto const& who : data.accounts)
        owners.push_back(who.owner);
    for (auto const& event : data.integrations)
        platforms.push_back(event.platform);
    for (auto const& use : data.usages)
        platforms.push_back(use.platform);
    auto const usual_platforms = examples::usual_spellings(platforms);

    auto found = att::validate(
        data.accounts,
        att::rules(
            att::must("account has revenue", has_revenue, "account has no positive net revenue")
                .as(att::severity::info),
            att::must(
                "account paid before it was refunded",
                [](account const& who) {
                    return !who.first_refund || *who.first_refund >= who.first_payment;
                },
                "account was refunded before it paid anything")
                .as(att::severity::warning),
            att::must(
                "account paid what it was refunded",
                [](account const& who) { return who.refunded <= std::max(who.paid, usd{}); },
                "account was refunded more than it paid")
                .as(att::severity::warning)),
        lines);
    found.merge(
        att::validate(data.workspaces,
                      att::rules(att::required("workspace owner", &workspace::owner),
                                 att::must(
                                     "workspace members are somebody",
                                     [](workspace const& one) { return one.empty_members == 0; },
                                     "workspace has empty members, who are nobody")
                                     .as(att::severity::warning)),
                      lines));
    found.merge(att::validate(
        data.payments,
        att::rules(att::required("payer", &payment::payer),
                   att::known("payer", present(&payment::payer), data.accounts, &account::owner),
                   examples::written_as_usual("payer", &payment::payer, owners),
                   att::must(
                       "payment is not negative",
                       [](payment const& one) { return !one.pays || one.amount >= usd{}; },
                       "payment is negative, and makes the revenue smaller")
                       .as(att::severity::warning),
                   att::must(
                       "refund is not negative",
                       [](payment const& one) { return one.pays || one.amount >= usd{}; },
                       "refund is negative, and was taken off as if it were not")
                       .as(att::severity::warning)),
        lines));
    found.merge(att::validate(
        data.integrations,
        att::rules(att::required("integration user", &integration::user),
                   att::known("integration user", present(&integration::user), data.users),
                   examples::written_as_usual("integration user", &integration::user, data.users),
                   one_person("integration user", present(&integration::user)),
                   att::required("integration platform", &integration::platform, nothing)
                       .as(att::severity::warning),
                   examples::written_as_usual("integration platform", &integration::platform,
                                              usual_platforms),
                   att::must(
                       "integration platform is no line of nobody",
                       [](integration const& event) { return event.platform != "No Integration"; },
                       "integration platform is called like the revenue of nobody")
                       .as(att::severity::warning),
                   no_odd_events("connect while not connected",
                                 "the user has the platform connected already", odd::connect),
                   no_odd_events("disconnect while connected",
                                 "the user does not have the platform connected", odd::disconnect)),
        lines));
    found.merge(att::validate(
        data.usages,
        att::rules(
            att::required("usage user", &usage::user),
            att::known("usage user", present(&usage::user), data.users),
            examples::written_as_usual("usage user", &usage::user, data.users),
            one_person("usage user", present(&usage::user)),
            att::required("usage platform", &usage::platform, nothing).as(att::severity::warning),
            examples::written_as_usual("usage platform", &usage::platform, usual_platforms),
            att::must(
                "usage platform is no line of nobody",
                [](usage const& use) { return use.platform != "No Usage"; },
                "usage platform is called like the revenue of nobody")
                .as(att::severity::warning),
            att::unique("usage", std::identity{}).as(att::severity::warning),
            att::inside_some_window("usage", lives, in_life)),
        lines));
    found.merge(examples::file_findings(data.input));
    return found;
}

}  // namespace krispcall
