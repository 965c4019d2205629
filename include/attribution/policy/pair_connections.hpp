// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/policy/subject_numbers.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// One stretch of time during which a user had a channel connected. It includes both ends, and has
/// no end while the channel is still connected.
template <class User, class Channel, instant Time>
struct connection {
    User user;
    Channel channel;
    Time from;
    std::optional<Time> until;
};

/// The connections in a log of events, and the rows that belong to none.
template <class User, class Channel, instant Time>
struct paired_connections {
    std::vector<connection<User, Channel, Time>> connections;  // in the order of their connects
    std::vector<std::size_t> unmatched_disconnects;            // rows of the log, in order of time
};

/// Pairs connects and disconnects, first in first out, per user and channel.
///
/// Shape:      a range of events; projections to user, channel and time; a predicate that tells
///             connects (true) from disconnects (false).
/// Edges:      events are taken in the order (time, row). A connect without a disconnect stays
///             open. A disconnect without an earlier connect is reported, never paired with a later
///             connect. An event whose user or channel is missing (an empty std::optional, a NaN)
///             is paired with nothing: a connect stays open and connects nobody; a disconnect is
///             reported.
/// Errors:     std::domain_error, naming the row, if a floating-point time is a NaN.
/// Complexity: O(n log n).
/// Source:     "first-in first-out", as the KrispCall assessment pairs its integrations.
template <class Events, class User, class Channel, class Time, class IsConnect>
[[nodiscard]] auto pair_connections(Events const& events, User user, Channel channel, Time time,
                                    IsConnect is_connect) {
    using record = decltype(*std::begin(events));
    using user_type = std::remove_cvref_t<std::invoke_result_t<User&, record>>;
    using channel_type = std::remove_cvref_t<std::invoke_result_t<Channel&, record>>;
    using time_type = std::remove_cvref_t<std::invoke_result_t<Time&, record>>;
    struct event {
        time_type at;
        std::size_t row;
        std::size_t subject;
        bool connects;
    };
    using subject_type = std::pair<user_type, channel_type>;
    std::vector<event> ordered;
    detail::subject_numbers<user_type, channel_type> subjects;
    std::vector<subject_type> nobodies;  // numbered from the end: each is different
    std::size_t row = 0;
    for (auto const& one : events) {
        subject_type const who{std::invoke(user, one), std::invoke(channel, one)};
        bool const missing = detail::is_missing(who);
        if (missing)
            nobodies.push_back(who);
        ordered.push_back({detail::on_time_line<time_type>(
                               std::invoke(time, one), "pair_connections: the time of row ", row),
                           row, missing ? subjects.none - nobodies.size() : subjects(who),
                           static_cast<bool>(std::invoke(is_connect, one))});
        ++row;
    }
    std::sort(ordered.begin(), ordered.end(), [](event const& a, event const& b) {
        return std::tie(a.at, a.row) < std::tie(b.at, b.row);
    });
    struct queue {
        std::vector<std::size_t> connected;  // places in `result.connections`
        std::size_t taken = 0;
    };
    std::vector<queue> queues(subjects.size());
    paired_connections<user_type, channel_type, time_type> result;
    for (auto const& one : ordered) {
        bool const missing = one.subject >= subjects.size();
        auto* const open = missing ? nullptr : &queues[one.subject];
        if (one.connects) {
            if (open)
                open->connected.push_back(result.connections.size());
            auto const& [who, what] =
                missing ? nobodies[subjects.none - one.subject - 1] : subjects[one.subject];
            result.connections.push_back({who, what, one.at, std::nullopt});
        } else if (open && open->taken < open->connected.size()) {
            result.connections[open->connected[open->taken++]].until = one.at;
        } else {
            result.unmatched_disconnects.push_back(one.row);
        }
    }
    return result;
}

}  // namespace attribution
