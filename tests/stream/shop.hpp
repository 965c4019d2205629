// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "stream/support.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/members.hpp>

#include <optional>
#include <string>

/// Desks whose keys and ids are text, or missing.
namespace support::shop_desks {

inline att::configuration const how{.model = "linear", .policy = "5 ticks"};

struct click {
    std::optional<std::string> id;
    std::string user;
    tick at = 0;
    char channel = '-';
};
struct order {
    std::optional<std::string> id;
    std::optional<std::string> user;
    tick at = 0;
    cents value = 0;
};
inline auto const click_members =
    att::members(&click::id, &click::user, &click::at, &click::channel);
inline auto const order_members = att::members(&order::id, &order::user, &order::at, &order::value);

auto shop(auto const& policy, auto... options) {
    return att::live(
        att::conversion_stream<order>(&order::user, &order::at, &order::id, &order::value),
        att::touchpoint_stream<click>(&click::user, &click::at, &click::id), att::linear, policy,
        options...);
}
/// The desk as it is after a restart, into what is made anew.
auto restarted(auto const& desk, auto fresh) {
    fresh.restore(desk.snapshot(how, click_members, order_members), how, click_members,
                  order_members);
    return fresh;
}
/// "id user channel amount, ..." of each credit.
auto saying(auto const& desk, std::string& said) {
    return [&](att::credit<cents> const& earned) {
        auto const& sold = desk.conversion(earned);
        said += sold.id.value_or("-") + ' ' + sold.user.value_or("-") + ' ' +
                (earned.attributed() ? desk.touchpoint(earned).channel : '-') + ' ' +
                std::to_string(earned.amount) + ", ";
    };
}

}  // namespace support::shop_desks
