// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/pair_connections.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace att = attribution;

namespace {

struct event {
    int user;
    std::string channel;
    std::int64_t at;
    bool connects;
};

auto pair(auto const& events) {
    return att::pair_connections(events, &event::user, &event::channel, &event::at,
                                 &event::connects);
}

using rows = std::vector<std::size_t>;

}  // namespace

TEST_CASE("pair_connections pairs first in, first out, per user and channel") {
    std::vector<event> const log{{1, "web", 1, true},  {1, "web", 2, true}, {1, "web", 5, false},
                                 {1, "web", 9, false}, {1, "sms", 3, true}, {2, "web", 4, true},
                                 {2, "web", 4, false}};
    auto const paired = pair(log);
    REQUIRE(paired.connections.size() == 4);
    CHECK(paired.unmatched_disconnects.empty());
    auto const& [first, second, sms, other] = std::tie(
        paired.connections[0], paired.connections[1], paired.connections[2], paired.connections[3]);
    CHECK((first.from == 1 && first.until == 5));
    CHECK((second.from == 2 && second.until == 9));
    CHECK((sms.channel == "sms" && sms.from == 3 && !sms.until));  // never disconnected: open
    CHECK((other.user == 2 && other.from == 4 && other.until == 4));
}

TEST_CASE("pair_connections reports a disconnect that fits no earlier connect") {
    std::forward_list<event> const log{{1, "web", 5, false},
                                       {1, "web", 3, false},
                                       {1, "web", 4, true},
                                       {2, "web", 9, false},
                                       {1, "sms", 9, false}};
    auto const paired = pair(log);
    REQUIRE(paired.connections.size() == 1);
    CHECK(paired.connections[0].until == 5);
    CHECK(paired.unmatched_disconnects == rows{1, 3, 4});  // in order of time, then row
}

TEST_CASE("pair_connections takes events of one instant in the order of their rows") {
    std::vector<event> const connect_first{{1, "web", 4, true}, {1, "web", 4, false}};
    CHECK(pair(connect_first).connections[0].until == 4);
    std::vector<event> const disconnect_first{{1, "web", 4, false}, {1, "web", 4, true}};
    CHECK_FALSE(pair(disconnect_first).connections[0].until);
    CHECK(pair(disconnect_first).unmatched_disconnects == rows{0});
    CHECK(pair(std::vector<event>{}).connections.empty());
}

TEST_CASE("pair_connections keeps a connection of nobody, which nothing ends") {
    struct change {
        std::optional<int> user;
        std::string channel;
        std::int64_t at;
        bool connects;
    };
    std::vector<change> const log{
        {{}, "web", 1, true}, {{}, "sms", 2, true}, {{}, "web", 3, false}, {7, "tv", 4, true}};
    auto const paired =
        att::pair_connections(log, &change::user, &change::channel, &change::at, &change::connects);
    REQUIRE(paired.connections.size() == 3);
    CHECK((paired.connections[0].channel == "web" && !paired.connections[0].user));
    CHECK((paired.connections[1].channel == "sms" && !paired.connections[1].user));
    CHECK((paired.connections[2].channel == "tv" && paired.connections[2].user == 7));
    for (auto const& one : paired.connections)
        CHECK(!one.until);
    CHECK(paired.unmatched_disconnects == rows{2});
}

TEST_CASE("pair_connections refuses times that are NaNs, by their row") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> const events{1, 2, nan};
    auto const always = [](double) { return true; };
    CHECK_THROWS_WITH_AS((void)att::pair_connections(
                             events, always, always, [](double at) { return at; }, always),
                         "pair_connections: the time of row 2 is not a number", std::domain_error);
}
