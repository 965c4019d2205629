// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/counted_parts.hpp>

#include "support/fields.hpp"
#include "support/walks.hpp"

#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace att = attribution;

namespace {

using support::counts_of;

std::vector<support::walk> const walks{{{"mail", "ads", "mail"}, 2, 1, 6},
                                       {{"zoo"}, 0, 4, 0},
                                       {{"ads", "zoo"}, 1, 0, 3},
                                       {{"mail"}, 3, 0, 9}};
std::vector<std::string> const names{"ads", "mail", "zoo"};

}  // namespace

TEST_CASE("the parts of chains are in order, whoever was counted first") {
    auto const parts = counts_of(att::markov({}, {.order = 2}), walks).take_apart();
    CHECK(parts.channels == names);
    CHECK(
        std::ranges::is_sorted(parts.states, {}, [](auto const& one) { return std::get<0>(one); }));
    CHECK(std::ranges::is_sorted(parts.hops, {}, [](auto const& one) {
        return std::pair{std::get<0>(one), std::get<1>(one)};
    }));
    std::vector<support::walk> const backwards{walks.rbegin(), walks.rend()};
    auto const others = counts_of(att::markov({}, {.order = 2}), backwards).take_apart();
    CHECK(others.channels == parts.channels);
    CHECK(others.hops == parts.hops);
    CHECK(others.states.size() == parts.states.size());
    std::uint64_t starts = 0;
    for (auto const& state : parts.states)
        starts += std::get<1>(state);
    CHECK(starts == 11);
}

TEST_CASE("the parts of coalitions are in order, whoever was counted first") {
    auto const parts = counts_of(att::shapley(), walks).take_apart();
    using player = std::pair<std::uint32_t, std::uint32_t>;
    CHECK(parts.channels == names);
    CHECK(parts.players == std::vector<player>{{0, 0}, {0, 1}, {0, 2}});
    REQUIRE(parts.coalitions.size() == 4);
    CHECK(std::get<0>(parts.coalitions[0]) == std::vector<player>{{0, 0}, {0, 1}});
    CHECK(std::get<1>(parts.coalitions[0]) == 2);
    CHECK(std::get<2>(parts.coalitions[0]) == 1);
    CHECK(std::get<0>(parts.coalitions[3]) == std::vector<player>{{0, 2}});
    CHECK(std::get<2>(parts.coalitions[3]) == 4);
}

TEST_CASE("parts that no paths give are refused") {
    auto const chain = counts_of(att::markov({}, {.order = 2}), walks).take_apart();
    auto const games = counts_of(att::shapley(), walks).take_apart();
    auto const refused = [](auto parts, auto spoil, auto... rules) {
        att::detail::check(parts, rules...);
        spoil(parts);
        CHECK_THROWS_AS(att::detail::check(parts, rules...), std::invalid_argument);
    };
    auto const swapped = [](auto& parts) { std::swap(parts.channels[0], parts.channels[1]); };
    refused(chain, swapped, std::size_t{2}, false);
    refused(games, swapped, false);
    auto const one_more = [](auto& parts) { ++parts.seen.conversions; };
    refused(chain, one_more, std::size_t{2}, false);
    refused(games, one_more, false);
    refused(
        chain, [](auto& parts) { ++std::get<1>(parts.states[0]); }, std::size_t{2}, false);
    refused(
        chain, [](auto& parts) { ++std::get<2>(parts.hops[0]); }, std::size_t{2}, false);
    auto const hop_of_nobody = [](auto& parts) {  // to another one, so that all are in order
        auto const& [places, channel, count] = parts.hops.back();
        REQUIRE(channel == 1);
        parts.hops.emplace_back(places, channel + 1, 0);
    };
    refused(chain, hop_of_nobody, std::size_t{2}, false);
    refused(
        games, [](auto& parts) { parts.players.pop_back(); }, false);
    refused(
        games, [](auto& parts) { std::swap(parts.coalitions[0], parts.coalitions[1]); }, false);
    auto const nobody = [](auto& parts) { std::get<0>(parts.coalitions[0]).clear(); };
    refused(games, nobody, false);
    CHECK_THROWS_WITH_AS(att::detail::check(chain, std::size_t{1}, false),
                         "markov: these are not the counts of any paths", std::invalid_argument);
}

TEST_CASE("as many paths as 64 bits count are taken, and not one more") {
    auto parts = counts_of(att::shapley(), walks).take_apart();
    auto& lost = std::get<2>(parts.coalitions.back());
    auto const more =
        std::numeric_limits<std::uint64_t>::max() - parts.seen.conversions - parts.seen.nulls;
    lost += more;
    parts.seen.nulls += more;
    att::detail::check(parts, false);
    ++lost;
    ++parts.seen.nulls;
    CHECK_THROWS_AS(att::detail::check(parts, false), std::invalid_argument);
}

TEST_CASE("as many steps as 64 bits count are taken, and not one more") {
    auto counts = att::markov().counts<char, std::int64_t>();
    counts.add(std::vector{counts.channel('A')}, {1, 5, 0});
    counts.add(std::vector{counts.channel('B')}, {0, 0, 1});
    auto parts = counts.take_apart();
    auto const lose = [&](std::uint64_t paths) {
        std::get<1>(parts.states.back()) += paths;  // starts
        std::get<3>(parts.states.back()) += paths;
        parts.seen.nulls += paths;
    };
    lose(std::numeric_limits<std::uint64_t>::max() - 2);
    att::detail::check(parts, 1, false);
    lose(1);
    CHECK_THROWS_AS(att::detail::check(parts, 1, false), std::invalid_argument);
}

TEST_CASE("channels that no touchpoint has are refused") {
    auto const check_of = [](auto const& estimator, auto... rules) {
        auto counts = estimator.template counts<double, std::int64_t>();
        counts.add(std::vector{counts.channel(2.5)}, {1, 5, 0});
        auto parts = counts.take_apart();
        att::detail::check(parts, rules...);
        for (double const none : {-0.0, std::numeric_limits<double>::quiet_NaN()}) {
            parts.channels.front() = none;
            CHECK_THROWS_AS(att::detail::check(parts, rules...), std::invalid_argument);
        }
    };
    check_of(att::markov(), std::size_t{1}, false);
    check_of(att::shapley(), false);
}

TEST_CASE("counted parts list all of their members") {
    CHECK(support::lists_all_members<attribution::detail::markov_parts<char, long>>());
    CHECK(support::lists_all_members<attribution::detail::shapley_parts<char, long>>());
}
