// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/while_connected.hpp>

#include "support/policy_suite.hpp"

#include <attribution/policy/between.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace support;

using connection = att::connection<int, char, tick>;
using rows = std::vector<std::size_t>;

/// Which of touchpoints in channel 'a' at these times earn, given these connections?
template <class... Times>
std::array<cents, sizeof...(Times) + 1> earned(std::vector<connection> const& connections,
                                               std::vector<char> always_on, Times... times) {
    return split(
        60, path_at(times...), att::linear,
        att::while_connected(connections, &touch::user, &touch::channel, std::move(always_on)));
}

}  // namespace

TEST_CASE("while_connected: closed at both ends") {
    CHECK(earned({{1, 'a', 10, 20}}, {}, 9, 10, 20, 21) == gives(0, 30, 30, 0, 0));
    CHECK(earned({{1, 'a', 10, {}}}, {}, 9, 10, 99) == gives(0, 30, 30, 0));
    CHECK(earned({{1, 'a', 10, 10}}, {}, 9, 10, 11) ==
          gives(0, 60, 0, 0));  // connected for an instant
    CHECK(earned({}, {}, 10) == gives(0, 60));
    CHECK(earned({{1, 'b', 0, 99}, {2, 'a', 0, 99}}, {}, 10) ==
          gives(0, 60));  // another channel, another user
}

TEST_CASE("while_connected: connections overlap, touch and come in any order") {
    CHECK(earned({{1, 'a', 30, 40}, {1, 'a', 10, 20}}, {}, 15, 25, 35) == gives(30, 0, 30, 0));
    CHECK(earned({{1, 'a', 10, 50}, {1, 'a', 20, 30}}, {}, 9, 40, 51) ==
          gives(0, 60, 0, 0));  // one inside another
    CHECK(earned({{1, 'a', 10, 20}, {1, 'a', 20, 30}}, {}, 20, 31) == gives(60, 0, 0));
    CHECK(earned({{1, 'a', 10, 20}, {1, 'a', 15, 30}, {1, 'a', 5, 12}}, {}, 4, 5, 14, 30, 31) ==
          gives(0, 20, 20, 20, 0, 0));
    CHECK(earned({{1, 'a', 10, {}}, {1, 'a', 20, 30}}, {}, 9, 31) == gives(0, 60, 0));
}

TEST_CASE("while_connected: a channel that is always on needs no connection") {
    CHECK(earned({}, {'b', 'a'}, 10, 20) == gives(30, 30, 0));
    CHECK(earned({}, {'b'}, 10, 20) == gives(0, 0, 60));
}

TEST_CASE("while_connected composes, and says nothing about how long before") {
    std::vector<connection> const connections{{1, 'a', 10, 16}, {1, 'b', 0, {}}};
    auto const connected = att::while_connected(connections, &touch::user, &touch::channel);
    CHECK(policy_suite(connected));
    auto const any_time =
        att::between([](sale const&) { return tick{0}; }, [](sale const&) { return tick{500}; });
    CHECK(split(60, path_at(15, 110), att::linear, any_time && !connected) == gives(0, 60, 0));
}

TEST_CASE("while_connected refuses a connection that ends before it begins") {
    CHECK_THROWS_WITH_AS(earned({{1, 'a', 1, 2}, {1, 'a', 5, 4}}, {}, 1),
                         "while_connected: connection 1 ends before it begins",
                         std::invalid_argument);
}

TEST_CASE("while_connected refuses times that are NaNs, by their row") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    using stretch = att::connection<int, char, double>;
    auto const connected = [](std::vector<stretch> const& connections) {
        (void)att::while_connected(connections, &touch::user, &touch::channel);
    };
    CHECK_NOTHROW(connected({{1, 'a', 1, 2}, {1, 'a', 5, std::nullopt}}));
    CHECK_THROWS_WITH_AS(connected({{1, 'a', 1, 2}, {1, 'a', nan, 2}}),
                         "while_connected: the start of connection 1 is not a number",
                         std::domain_error);
    CHECK_THROWS_WITH_AS(connected({{1, 'a', 1, nan}}),
                         "while_connected: the end of connection 0 is not a number",
                         std::domain_error);
}

TEST_CASE("nobody and nothing are never connected, nor paired") {
    using text = std::optional<std::string>;
    struct log_entry {
        text user;
        text channel;
        tick at;
        bool connects;
    };
    std::vector<log_entry> const log{{{}, "web", 1, true},
                                     {{}, "web", 2, false},
                                     {"ann", {}, 3, true},
                                     {{}, "web", 4, true},
                                     {"ann", "web", 5, true}};
    auto const paired = att::pair_connections(log, &log_entry::user, &log_entry::channel,
                                              &log_entry::at, &log_entry::connects);
    CHECK(paired.unmatched_disconnects == rows{1});
    REQUIRE(paired.connections.size() == 4);
    for (auto const& one : paired.connections)
        CHECK(!one.until);

    std::vector<log_entry> const clicks{
        {{}, "web", 10, true}, {"ann", {}, 10, true}, {"ann", "web", 10, true}};
    auto const one_customer = [](auto const&) { return 1; };
    std::vector<sale> const book{{1, 20, 60}};
    auto const ledger = att::attribute(
        sales(book), att::touchpoints(clicks, one_customer, &log_entry::at), att::linear,
        att::while_connected(paired.connections, &log_entry::user, &log_entry::channel));
    REQUIRE(ledger.size() == 1);
    CHECK(ledger[0].touchpoint == 2);
}

TEST_CASE("users, channels and times of other types are compared as the values they are") {
    struct click {
        std::int64_t user;
        char const* channel;
        date::sys_time<std::chrono::nanoseconds> at;
    };
    using namespace std::chrono_literals;
    date::sys_days const day{date::days{20'000}};
    std::vector<att::connection<std::int32_t, std::string, date::sys_days>> const connections{
        {7, "web", day, std::nullopt}, {8, "web", day, date::sys_days{date::days{2'932'896}}}};
    std::vector<click> const log{{7, "web", day + 1ns},
                                 {7, "web", day - 1ns},
                                 {7 + (std::int64_t{1} << 32), "web", day + 1ns},
                                 {7, nullptr, day + 1ns},
                                 {8, "web", date::sys_time<std::chrono::nanoseconds>::max()},
                                 {7, "mail", day - 1ns}};
    auto const one_customer = [](auto const&) { return 1; };
    std::vector<click> const book{{1, "", date::sys_time<std::chrono::nanoseconds>::max()}};
    auto const ledger =
        att::attribute(att::conversions(book, one_customer, &click::at),
                       att::touchpoints(log, one_customer, &click::at), att::linear,
                       att::while_connected(connections, &click::user, &click::channel, {"mail"}));
    REQUIRE(ledger.size() == 3);
    CHECK(ledger[0].touchpoint == 5);
    CHECK(ledger[1].touchpoint == 0);
    CHECK(ledger[2].touchpoint == 4);
}

TEST_CASE("texts by address are compared by their characters") {
    struct change {
        char const* user;
        char const* channel;
        tick at;
        bool connects;
    };
    static constexpr char ann[] = "ann";
    static constexpr char ann_again[] = "ann";
    std::vector<change> const log{
        {ann, "web", 1, true}, {ann_again, "web", 5, false}, {nullptr, "web", 2, true}};
    auto const paired =
        att::pair_connections(log, &change::user, &change::channel, &change::at, &change::connects);
    REQUIRE(paired.connections.size() == 2);
    CHECK(paired.connections[0].until == 5);
    CHECK(paired.unmatched_disconnects.empty());

    struct visit {
        std::string user;
        char const* channel;
        tick at;
    };
    std::vector<visit> const visits{
        {"ann", "web", 3}, {"ann", "web", 6}, {"ann", "sms", 6}, {"ann", nullptr, 6}};
    std::vector<visit> const sales{{"ann", "", 9}};
    auto const ledger = att::attribute(
        att::conversions(sales, &visit::user, &visit::at),
        att::touchpoints(visits, &visit::user, &visit::at), att::linear,
        att::while_connected(paired.connections, &visit::user, &visit::channel, {"sms", nullptr}));
    REQUIRE(ledger.size() == 2);
    CHECK(ledger[0].touchpoint == 0);
    CHECK(ledger[1].touchpoint == 2);
}
