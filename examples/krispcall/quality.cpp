// SPDX-License-Identifier: BSL-1.0
#include <krispcall/quality.hpp>

#include <krispcall/policies.hpp>

#include <attribution/attribution.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <numeric>
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
    auto found = att::validate(
        data.accounts,
        att::must("account has revenue", has_revenue, "account has no positive net revenue")
            .as(att::severity::info),
        lines);
    found.merge(att::validate(
        data.payers, att::known("payer", std::identity{}, data.accounts, &account::owner), lines));
    found.merge(att::validate(
        data.integrations,
        att::rules(att::known("integration user", &integration::user, data.users),
                   no_odd_events("connect while not connected",
                                 "the user has the platform connected already", odd::connect),
                   no_odd_events("disconnect while connected",
                                 "the user does not have the platform connected", odd::disconnect)),
        lines));
    found.merge(
        att::validate(data.usages,
                      att::rules(att::known("usage user", &usage::user, data.users),
                                 att::unique("usage", std::identity{}).as(att::severity::warning),
                                 att::inside_some_window("usage", lives, in_life)),
                      lines));
    return found;
}

}  // namespace krispcall
