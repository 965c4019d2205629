// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// The parts of learned counts, in the form in which they are written and read. Their order does
/// not depend on who was counted first. Channels are places in `channels`.
namespace attribution::inline v0_1::detail {

template <class Channel, amount Amount>
struct markov_parts {
    /// The last channels; how many paths start there; how many end there and convert, and do not;
    /// value.
    using state = std::tuple<std::vector<std::uint32_t>, std::uint64_t, std::uint64_t,
                             std::uint64_t, std::optional<running_total<Amount>>>;
    /// The state it leaves, the channel it takes, and how often.
    using hop = std::tuple<std::vector<std::uint32_t>, std::uint32_t, std::uint64_t>;

    std::vector<Channel> channels;  // ascending
    std::vector<state> states;
    std::vector<hop> hops;
    evidence<Amount> seen;

    [[nodiscard]] static constexpr auto members() {
        return std::tuple{&markov_parts::channels, &markov_parts::states, &markov_parts::hops,
                          &markov_parts::seen};
    }
    template <class NameOf>
    [[nodiscard]] static std::string kind(NameOf const& name_of) {
        return "transitions between " + name_of(std::type_identity<Channel>{}) + ", " +
               name_of(std::type_identity<evidence<Amount>>{});
    }
};

template <class Channel, amount Amount>
struct shapley_parts {
    /// A player is (position, channel), with position 0 if it does not matter. A coalition is its
    /// players, how many paths converted, how many did not, and their value.
    using player = std::pair<std::uint32_t, std::uint32_t>;
    using coalition = std::tuple<std::vector<player>, std::uint64_t, std::uint64_t,
                                 std::optional<running_total<Amount>>>;

    std::vector<Channel> channels;  // ascending
    std::vector<player> players;    // also those of rows that count no path
    std::vector<coalition> coalitions;
    evidence<Amount> seen;

    [[nodiscard]] static constexpr auto members() {
        return std::tuple{&shapley_parts::channels, &shapley_parts::players,
                          &shapley_parts::coalitions, &shapley_parts::seen};
    }
    template <class NameOf>
    [[nodiscard]] static std::string kind(NameOf const& name_of) {
        return "coalitions of " + name_of(std::type_identity<Channel>{}) + ", " +
               name_of(std::type_identity<evidence<Amount>>{});
    }
};

/// Refuses counts that cannot be, and names the estimator.
class counts_check {
  public:
    explicit counts_check(std::string estimator) : estimator_(std::move(estimator)) {}

    void operator()(bool holds) const {
        if (!holds)
            throw std::invalid_argument{estimator_ + ": these are not the counts of any paths"};
    }

    /// Every element comes before the next one, so that none occurs twice.
    template <class Range>
    void ascending(Range const& range) const {
        (*this)(std::adjacent_find(range.begin(), range.end(), [](auto const& a, auto const& b) {
                    return !(a < b);
                }) == range.end());
    }

    template <class Channel>
    void channels(std::vector<Channel> const& all) const {
        ascending(all);
        (*this)(std::all_of(all.begin(), all.end(),
                            [](Channel const& one) { return is_group_form(one); }));
    }

  private:
    std::string estimator_;
};

/// As many paths leave a state as enter it, as many paths end as start, and everything is in order.
///
/// Errors:     std::invalid_argument if no paths could give such counts.
template <class Channel, amount Amount>
void check(markov_parts<Channel, Amount> const& parts, std::size_t order, bool keep_repeats) {
    counts_check const require{"markov"};
    constexpr auto most = int128{std::numeric_limits<std::uint64_t>::max()};
    require.channels(parts.channels);
    auto const known = [&](std::vector<std::uint32_t> const& places) {
        return std::all_of(places.begin(), places.end(),
                           [&](std::uint32_t place) { return place < parts.channels.size(); });
    };
    std::map<std::vector<std::uint32_t>, int128, comes_before_fn> balance;
    int128 converted = 0;
    int128 lost = 0;
    std::vector<std::uint32_t> const* last = nullptr;
    for (auto const& [places, starts, conversions, nulls, value] : parts.states) {
        require(known(places) && !places.empty() && places.size() <= order);
        require(last == nullptr || comes_before(*last, places));
        last = &places;
        require(value.has_value() == (conversions != 0));
        require(starts != 0 || conversions != 0 || nulls != 0);
        balance[places] += int128{starts} - conversions - nulls;
        converted += conversions;
        lost += nulls;
    }
    require(converted == parts.seen.conversions && lost == parts.seen.nulls);
    int128 hopped = 0;
    typename markov_parts<Channel, Amount>::hop const* previous = nullptr;
    for (auto const& hop : parts.hops) {
        auto const& [places, channel, count] = hop;
        require(known(places) && places.size() == order && channel < parts.channels.size());
        require(previous == nullptr || comes_before(std::get<0>(*previous), places) ||
                (std::get<0>(*previous) == places && std::get<1>(*previous) < channel));
        previous = &hop;
        hopped += count;
        auto to = places;
        to.erase(to.begin());
        to.push_back(channel);
        require(count != 0 && (keep_repeats || to != places));
        balance[places] -= count;
        balance[to] += count;
    }
    for (auto const& [places, rest] : balance)
        require(rest == 0);
    require(hopped + converted + lost <= most);
}

/// Coalitions hold players that are listed, each only once, and everything is in order.
///
/// Errors:     std::invalid_argument if no paths could give such counts.
template <class Channel, amount Amount>
void check(shapley_parts<Channel, Amount> const& parts, bool ordered) {
    counts_check const require{"shapley"};
    require.channels(parts.channels);
    require.ascending(parts.players);
    require(std::all_of(parts.players.begin(), parts.players.end(), [&](auto const& player) {
        return player.second < parts.channels.size() && (ordered || player.first == 0);
    }));
    require(ordered || parts.players.size() == parts.channels.size());
    int128 conversions = 0;
    int128 nulls = 0;
    typename shapley_parts<Channel, Amount>::coalition const* last = nullptr;
    for (auto const& coalition : parts.coalitions) {
        auto const& [players, converted, lost, value] = coalition;
        require(!players.empty() && (converted != 0 || lost != 0) &&
                value.has_value() == (converted != 0));
        require.ascending(players);
        require(std::includes(parts.players.begin(), parts.players.end(), players.begin(),
                              players.end()));
        require(last == nullptr || comes_before(std::get<0>(*last), players));
        last = &coalition;
        conversions += converted;
        nulls += lost;
    }
    require(conversions == parts.seen.conversions && nulls == parts.seen.nulls);
    require(conversions + nulls <= int128{std::numeric_limits<std::uint64_t>::max()});
}

}  // namespace attribution::detail
