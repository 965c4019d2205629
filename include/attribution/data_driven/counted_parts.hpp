// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/data_driven/model_card.hpp>
#include <attribution/tally.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/// What learned counts are made of, apart from them, to be written and read: in an order that does
/// not depend on who was counted first. Channels are places in `channels`.
namespace attribution::detail {

template <class Channel, amount Amount>
struct markov_parts {
    /// The last channels, paths that start so, that end so converted or not, and their value.
    using state = std::tuple<std::vector<std::uint32_t>, std::uint64_t, std::uint64_t,
                             std::uint64_t, std::optional<running_total<Amount>>>;
    /// From which state by which channel, and how often.
    using hop = std::tuple<std::vector<std::uint32_t>, std::uint32_t, std::uint64_t>;

    std::vector<Channel> channels;  // ascending
    std::vector<state> states;
    std::vector<hop> hops;
    evidence<Amount> seen;
};

template <class Channel, amount Amount>
struct shapley_parts {
    /// Players as (position, channel), the position 0 if it does not matter; paths that converted
    /// or not, and their value.
    using player = std::pair<std::uint32_t, std::uint32_t>;
    using coalition = std::tuple<std::vector<player>, std::uint64_t, std::uint64_t,
                                 std::optional<running_total<Amount>>>;

    std::vector<Channel> channels;  // ascending
    std::vector<player> players;    // also those of paths that nobody took
    std::vector<coalition> coalitions;
    evidence<Amount> seen;
};

}  // namespace attribution::detail
