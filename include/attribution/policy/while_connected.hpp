// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/policy/connection_index.hpp>
#include <attribution/engine/values/common_key.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/pair_connections.hpp>
#include <attribution/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

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
