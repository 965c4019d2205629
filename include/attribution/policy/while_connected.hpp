// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/values/common_key.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

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

namespace detail {

/// Numbers pairs of a user and a channel, neither missing; text is compared by its characters.
template <class User, class Channel>
class subject_numbers {
  public:
    using user_type = probe_for<User>;
    using channel_type = probe_for<Channel>;
    using probe = std::pair<user_type, channel_type>;
    static constexpr auto none = static_cast<std::size_t>(-1);

    std::size_t operator()(std::pair<User, Channel> const& who) {
        auto const number = numbers_(probe(who));
        if (number == met_.size())
            met_.push_back(who);
        return number;
    }
    [[nodiscard]] std::size_t find(probe const& who) const { return numbers_.find(who); }
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }
    /// The pair as it was first seen.
    [[nodiscard]] std::pair<User, Channel> const& operator[](std::size_t number) const {
        return met_[number];
    }

  private:
    interner<std::pair<stored_for<User>, stored_for<Channel>>, probe> numbers_;
    std::vector<std::pair<User, Channel>> met_;
};

}  // namespace detail

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

namespace detail {

/// Which (user, channel) was connected when: per subject, disjoint intervals in order of time.
template <class User, class Channel, class Time>
class connection_index {
  public:
    using subjects_type = subject_numbers<User, Channel>;
    using user_type = typename subjects_type::user_type;
    using channel_type = typename subjects_type::channel_type;

    template <class Connections>
    explicit connection_index(Connections const& connections) {
        for (auto const& one : connections) {
            std::pair<User, Channel> const subject{one.user, one.channel};
            if (is_missing(subject))
                continue;
            auto const place = subjects_(subject);
            if (place == stretches_.size())
                stretches_.emplace_back();
            stretches_[place].push_back({one.from, one.until.value_or(last_instant<Time>())});
        }
        for (auto& stretches : stretches_) {
            std::sort(stretches.begin(), stretches.end(),
                      [](auto const& a, auto const& b) { return a.from < b.from; });
            std::size_t last = 0;
            for (auto const one : stretches) {  // the first is merged with itself
                if (one.from <= stretches[last].until)
                    stretches[last] = hull(stretches[last], one);
                else
                    stretches[++last] = one;
            }
            stretches.resize(last + 1, stretches.front());
        }
    }

    /// Was the channel connected at that instant, which may be of any clock?
    template <class Instant>
    bool connected(user_type const& user, channel_type const& channel, Instant const& at) const {
        auto const place = subjects_.find({user, channel});
        if (place == subjects_.none)
            return false;
        auto const& stretches = stretches_[place];
        auto const next = std::upper_bound(stretches.begin(), stretches.end(), at,
                                           [](Instant const& t, auto const& stretch) {
                                               return compare_instants(t, stretch.from) < 0;
                                           });
        if (next == stretches.begin())
            return false;
        auto const& until = std::prev(next)->until;
        return until == last_instant<Time>() || compare_instants(at, until) <= 0;
    }

  private:
    subjects_type subjects_;
    std::vector<std::vector<interval<Time>>> stretches_;
};

}  // namespace detail

template <class Index, class UserOf, class ChannelOf, class ChannelType>
class while_connected_policy : public policy_tag {
  public:
    [[nodiscard]] static constexpr std::string_view name() { return "while connected"; }
    while_connected_policy(std::shared_ptr<Index const> index, UserOf user, ChannelOf channel,
                           std::vector<ChannelType> always_on)
        : index_{std::move(index)}, user_(std::move(user)),
          channel_(std::move(channel)), always_on_{std::make_shared<std::vector<ChannelType> const>(
                                            std::move(always_on))} {}

    template <class Step>
    bool operator()(Step const& s) const {
        decltype(auto) touchpoint = s.touchpoint();
        decltype(auto) own_channel = detail::project(channel_, touchpoint);
        auto const channel = detail::exactly_as<typename Index::channel_type>(own_channel);
        if (!channel)
            return false;
        auto const is_own = [&](ChannelType const& one) {
            return !detail::is_missing(one) && typename Index::channel_type(one) == *channel;
        };
        if (std::any_of(always_on_->begin(), always_on_->end(), is_own))
            return true;
        decltype(auto) own_user = detail::project(user_, touchpoint);
        auto const user = detail::exactly_as<typename Index::user_type>(own_user);
        return user && index_->connected(*user, *channel, s.at());
    }

  private:
    std::shared_ptr<Index const> index_;
    UserOf user_;
    ChannelOf channel_;
    std::shared_ptr<std::vector<ChannelType> const> always_on_;
};

/// Admits touchpoints whose user had their channel connected at the time.
///
/// Shape:      `connections` is a range of `connection` (see `pair_connections`), copied; `user`
///             and `channel` are projections of a touchpoint.
/// Edges:      connections are closed intervals; they may overlap. Channels in `always_on` need
///             none. A missing user or channel is never connected. The types of users, channels and
///             times may differ from those of the connections: they are compared by value. The
///             policy does not limit how long before the conversion a touchpoint may be: combine it
///             with a window.
/// Errors:     std::invalid_argument if a connection ends before it begins; std::domain_error if
///             its beginning or end is a NaN.
/// Complexity: per touchpoint one look-up and O(log c) for its user's c connections of that
///             channel.
template <class Connections, class User, class Channel>
[[nodiscard]] auto while_connected(
    Connections const& connections, User user, Channel channel,
    std::vector<std::remove_cvref_t<decltype(std::begin(connections)->channel)>> always_on = {}) {
    using first = std::remove_cvref_t<decltype(*std::begin(connections))>;
    using user_type = decltype(first::user);
    using channel_type = decltype(first::channel);
    using time_type = decltype(first::from);
    std::size_t row = 0;
    for (auto const& one : connections) {
        (void)detail::on_time_line(one.from, "while_connected: the start of connection ", row);
        if (one.until)
            (void)detail::on_time_line(*one.until, "while_connected: the end of connection ", row);
        if (one.until && *one.until < one.from)
            throw std::invalid_argument{"while_connected: connection " + std::to_string(row) +
                                        " ends before it begins"};
        ++row;
    }
    using index = detail::connection_index<user_type, channel_type, time_type>;
    return while_connected_policy<index, User, Channel, channel_type>{
        std::make_shared<index const>(connections), std::move(user), std::move(channel),
        std::move(always_on)};
}

}  // namespace attribution
