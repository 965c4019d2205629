// SPDX-License-Identifier: BSL-1.0
#include <attribution/data_driven/counted_parts.hpp>

#include "support/walks.hpp"

#include <attribution/data_driven/markov.hpp>
#include <attribution/data_driven/shapley.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
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
    auto const parts = counts_of(att::markov(2), walks).take_apart();
    CHECK(parts.channels == names);
    CHECK(
        std::ranges::is_sorted(parts.states, {}, [](auto const& one) { return std::get<0>(one); }));
    CHECK(std::ranges::is_sorted(parts.hops, {}, [](auto const& one) {
        return std::pair{std::get<0>(one), std::get<1>(one)};
    }));
    std::vector<support::walk> const backwards{walks.rbegin(), walks.rend()};
    auto const others = counts_of(att::markov(2), backwards).take_apart();
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
