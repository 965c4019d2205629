// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/names.hpp>

#include <attribution/quality/rule.hpp>
#include <attribution/quality/rules.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace examples {

/// Events of a log that attribution::pair_connections cannot pair as they were meant: connects of what
/// is connected already, or disconnects of what is not, in the order of time.
///
/// Edges:      events whose user is missing or empty are nobody's, and pass. Equal times are in the order
///             of rows.
/// Complexity: O(n log n).
template <class User, class Channel, class Time, class IsConnect>
[[nodiscard]] auto odd_events(std::string name, std::string text, bool odd_connects, User user,
                              Channel channel, Time time, IsConnect is_connect) {
    auto check = [=](auto const& events, attribution::offences& found) {
        std::vector<std::size_t> order(events.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {},
                                 [&](std::size_t row) { return std::invoke(time, events[row]); });
        std::map<std::pair<std::string, std::string>, std::size_t> open;
        for (auto const row : order) {
            auto const& event = events[row];
            auto const who = detail::text_in(std::invoke(user, event));
            if (!who)
                continue;
            auto& connections = open[{std::string{*who}, std::invoke(channel, event)}];
            bool const connects = std::invoke(is_connect, event);
            if (connects == odd_connects && connects == (connections > 0))
                found.row(row);
            if (connects)
                ++connections;
            else if (connections > 0)
                --connections;
        }
    };
    return attribution::basic_rule{std::move(name), attribution::severity::warning, std::move(text),
                                   std::move(check)};
}

/// Both kinds of them, of a log of connects and disconnects.
template <class User, class Channel, class Time, class IsConnect>
[[nodiscard]] auto connections_pair_up(std::string const& channel_word, User user, Channel channel,
                                       Time time, IsConnect is_connect) {
    return attribution::rules(
        odd_events("connect while not connected",
                   "the user has the " + channel_word + " connected already", true, user, channel,
                   time, is_connect),
        odd_events("disconnect while connected",
                   "the user does not have the " + channel_word + " connected", false, user,
                   channel, time, is_connect));
}

}  // namespace examples
