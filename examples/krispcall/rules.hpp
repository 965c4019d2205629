// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>

#include <attribution/attribution.hpp>

#include <range/v3/view/filter.hpp>

#include <chrono>

/// The rules of the report: whose revenue is explained, what may earn it, and how it is shared out.
namespace krispcall {

inline constexpr auto has_revenue = [](account const& who) { return who.net_revenue > usd{}; };

/// Net revenue of the accounts that have any, as of their first payment. Borrows the records.
[[nodiscard]] inline auto revenue_of(records const& data) {
    return attribution::conversions(data.accounts | ranges::views::filter(has_revenue),
                                    &account::owner, &account::first_payment,
                                    &account::net_revenue);
}
[[nodiscard]] inline auto connects_of(records const& data) {
    return attribution::touchpoints(data.integrations |
                                        ranges::views::filter(&integration::connects),
                                    &integration::account, &integration::at);
}
[[nodiscard]] inline auto usages_of(records const& data) {
    return attribution::touchpoints(data.usages, &usage::account, &usage::at);
}

/// Most of what earns the revenue comes after the first payment: this window replaces the default that
/// nothing after the conversion counts. Usage earns from the first payment to the first refund, both
/// included, if there is a refund ...
inline constexpr auto in_life =
    attribution::between(&account::first_payment, &account::first_refund);

/// ... and while its user has the platform connected; web and mobile always are.
[[nodiscard]] inline auto connections_of(records const& data) {
    auto const user = [](integration const& event) { return event.user.value_or(""); };
    return attribution::pair_connections(data.integrations, user, &integration::platform,
                                         &integration::at, &integration::connects);
}
[[nodiscard]] inline auto while_connected(records const& data) {
    return attribution::while_connected(connections_of(data).connections, &usage::user,
                                        &usage::platform, {"web", "mobile"});
}

/// By what was used: seconds of calls, and segments of messages as so many seconds each.
[[nodiscard]] inline auto by_usage(std::chrono::milliseconds segment) {
    return attribution::usage_weighted(
        [segment](usage const& use) { return (use.length + use.segments * segment).count(); });
}

/// The chosen model: over an account's platforms, each counted once.
[[nodiscard]] inline auto by_platforms(bool position_based) {
    constexpr auto by_position =
        attribution::position_based(0.4, 0.4, attribution::two_touches{60, 40});
    return attribution::over(attribution::first_of_each(&integration::platform),
                             [=](auto const& path, attribution::weights weights) {
                                 position_based ? by_position(path, weights)
                                                : attribution::linear(path, weights);
                             });
}

}  // namespace krispcall
