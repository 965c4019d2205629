// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/learn/counted_parts.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Counts of touchpoints by channel and age, and of converting paths by those, in the form in which
/// they are written and read. Their order does not depend on who was counted first.
template <class Channel, amount Amount>
struct timed_parts {
    /// A place in `channels`, an age, and how many touchpoints of all paths have it.
    using touch = std::tuple<std::uint32_t, std::int64_t, std::uint64_t>;
    /// Places in `touches`, how many paths with these touchpoints converted, and their value.
    using path = std::tuple<std::vector<std::uint32_t>, std::uint64_t, running_total<Amount>>;

    std::vector<Channel> channels;  // ascending
    std::vector<touch> touches;     // by channel, then by age
    std::vector<path> paths;
    evidence<Amount> seen;

    [[nodiscard]] static constexpr auto members() {
        return std::tuple{&timed_parts::channels, &timed_parts::touches, &timed_parts::paths,
                          &timed_parts::seen};
    }
    template <class NameOf>
    [[nodiscard]] static std::string kind(NameOf const& name_of) {
        return "ages of touchpoints of " + name_of(std::type_identity<Channel>{}) + ", " +
               name_of(std::type_identity<evidence<Amount>>{});
    }
};

/// The touchpoints of converting paths are among all touchpoints, and everything is in order.
///
/// Errors:     std::invalid_argument if no paths could give such counts.
template <class Channel, amount Amount>
void check(timed_parts<Channel, Amount> const& parts, std::string const& estimator) {
    counts_check const require{estimator};
    require.channels(parts.channels);
    uint128 all = 0;
    typename timed_parts<Channel, Amount>::touch const* previous = nullptr;
    for (auto const& one : parts.touches) {
        auto const& [channel, age, touches] = one;
        require(channel < parts.channels.size() && age >= 0 && touches != 0);
        require(previous == nullptr || std::tuple{std::get<0>(*previous), std::get<1>(*previous)} <
                                           std::tuple{channel, age});
        previous = &one;
        all += touches;
    }
    require(all <= std::numeric_limits<std::uint64_t>::max());
    std::vector<uint128> converted(parts.touches.size(), 0);
    uint128 conversions = 0;
    std::vector<std::uint32_t> const* last = nullptr;
    for (auto const& [places, count, value] : parts.paths) {
        require(!places.empty() && count != 0 && std::is_sorted(places.begin(), places.end()));
        require(places.back() < parts.touches.size());
        require(last == nullptr || comes_before(*last, places));
        last = &places;
        conversions += count;
        for (auto const place : places)
            converted[place] += count;
    }
    require(conversions == parts.seen.conversions);
    uint128 lost = all;
    for (std::size_t i = 0; i < converted.size(); ++i) {
        require(converted[i] <= std::get<2>(parts.touches[i]));
        lost -= converted[i];
    }
    // Every path that did not convert has at least one touchpoint.
    require(parts.seen.nulls == 0 ? lost == 0 : lost >= parts.seen.nulls);
}

}  // namespace attribution::detail
