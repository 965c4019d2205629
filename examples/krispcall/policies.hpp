// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>

#include <attribution/eligibility/while_connected.hpp>
#include <attribution/records.hpp>
#include <attribution/window/between.hpp>

#include <date/date.h>
#include <range/v3/view/filter.hpp>

#include <optional>

/// The rules of the report: whose revenue is explained, and what may earn it.
namespace krispcall {

inline constexpr auto has_revenue = [](account const &who) { return who.net_revenue > usd{}; };

/// Net revenue of the accounts that have any, as of their first payment. Borrows the records.
[[nodiscard]] inline auto revenue_of(records const &data) {
    return attribution::conversions(data.accounts | ranges::views::filter(has_revenue),
                                    &account::owner, &account::first_payment,
                                    &account::net_revenue);
}

// Most of what earns the revenue comes after the first payment: each of these windows replaces the
// default that nothing after the conversion counts.

inline constexpr auto no_limit = [](account const &) { return std::optional<date::sys_seconds>{}; };

/// Connects earn whenever they are made.
inline constexpr auto at_any_time = attribution::between(no_limit, no_limit);

/// Usage earns from the first payment to the first refund, both included, if there is a refund ...
inline constexpr auto since_payment = attribution::between(&account::first_payment, no_limit);
inline constexpr auto in_life =
    attribution::between(&account::first_payment, &account::first_refund);

/// ... and while its user has the platform connected; web and mobile always are.
[[nodiscard]] inline auto connections_of(records const &data) {
    return attribution::pair_connections(data.integrations, &integration::user,
                                         &integration::platform, &integration::at,
                                         &integration::connects);
}
[[nodiscard]] inline auto while_connected(records const &data) {
    return attribution::while_connected(connections_of(data).connections, &usage::user,
                                        &usage::platform, {"web", "mobile"});
}

}  // namespace krispcall
