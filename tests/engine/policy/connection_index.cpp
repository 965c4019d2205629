// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/policy/connection_index.hpp>

#include <attribution/policy/pair_connections.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace att = attribution;

namespace {

using tick = std::int64_t;
using connection = att::connection<std::optional<int>, char, tick>;
using index = att::detail::connection_index<std::optional<int>, char, tick>;

}  // namespace

TEST_CASE("stretches that overlap or touch are one, whatever their order") {
    index const connections{std::vector<connection>{
        {1, 'a', 50, 60}, {1, 'a', 10, 30}, {1, 'a', 20, 25}, {1, 'a', 30, 40}, {1, 'b', 45, 46}}};
    for (tick const at : {10, 27, 35, 40, 50, 60})
        CHECK(connections.connected(1, 'a', at));
    for (tick const at : {9, 41, 49, 61})
        CHECK_FALSE(connections.connected(1, 'a', at));
    CHECK(connections.connected(1, 'b', tick{45}));
    CHECK_FALSE(connections.connected(2, 'a', tick{20}));
}

TEST_CASE("an open stretch has no end on any clock, and nobody's connections are left out") {
    index const connections{
        std::vector<connection>{{1, 'a', 10, std::nullopt}, {std::nullopt, 'a', 0, 99}}};
    CHECK(connections.connected(1, 'a', std::numeric_limits<std::uint64_t>::max()));
    CHECK(connections.connected(1, 'a', 10.0));
    CHECK_FALSE(connections.connected(1, 'a', 9.5));
    CHECK_FALSE(connections.connected(std::nullopt, 'a', tick{50}));
}
