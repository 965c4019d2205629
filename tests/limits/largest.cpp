// SPDX-License-Identifier: BSL-1.0
// The largest paths and the most customers that tests are run with. Nothing in the library limits
// them but memory.
#include "limits/scale.hpp"
#include "support/random.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/wire/members.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace att = attribution;

namespace {

constexpr std::size_t million = limits::million;

struct touch {
    std::uint32_t user;
    std::int64_t at;
    std::uint8_t channel;
};
struct sale {
    std::uint32_t user;
    std::int64_t at;
    std::int64_t cents;
};

auto touches(std::vector<touch> const& log) {
    return att::touchpoints(log, &touch::user, &touch::at);
}
auto sales(std::vector<sale> const& book) {
    return att::conversions(book, &sale::user, &sale::at, &sale::cents);
}

}  // namespace

TEST_CASE("one customer with ten million touchpoints") {
    constexpr std::size_t n = 10 * million;
    std::vector<touch> log;
    log.reserve(n);
    for (std::size_t i = 0; i < n; ++i)
        log.push_back({7, static_cast<std::int64_t>(n - i), static_cast<std::uint8_t>(i % 4)});
    std::vector<sale> const book{{7, static_cast<std::int64_t>(n), static_cast<std::int64_t>(n)}};
    auto const journeys = att::join(sales(book), touches(log));

    // A model without a shape, so that the whole path is laid out; a half-life that hardly matters.
    auto const report =
        att::attribute(journeys, att::time_decay(static_cast<std::int64_t>(1000 * n)), att::always,
                       att::by(&touch::channel));
    CHECK(report.total() == static_cast<std::int64_t>(n));
    REQUIRE(report.size() == 5);  // and the unattributed
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(report[i].credits == n / 4);
}

TEST_CASE("a million touchpoints of one customer at one instant, each with its reason") {
    std::vector<touch> const log(million, touch{1, 5, 2});
    std::vector<sale> const book{{1, 5, 100}};
    auto const audit =
        att::explain(att::join(sales(book), touches(log)), att::last_touch, att::always);
    auto const counts = audit.touchpoint_counts();
    REQUIRE(counts.size() == 2);
    CHECK(counts[0].what == att::outcome::lost_tie);
    CHECK(counts[0].count == million - 1);
    CHECK(counts[1].what == att::outcome::credited);
}

TEST_CASE("a million customers, and a quarter of a million by name") {
    support::random_numbers random{1};
    std::vector<touch> log;
    std::vector<sale> book;
    for (std::uint32_t user = 0; user < million; ++user) {
        log.push_back({user * 2'654'435'761U, 1, static_cast<std::uint8_t>(random.below(4))});
        book.push_back({user * 2'654'435'761U, 2, 1});
    }
    random.shuffle(log);
    auto const report = att::attribute(sales(book), touches(log), att::last_touch, att::lookback(1),
                                       att::by(&touch::channel));
    CHECK(report.total() == static_cast<std::int64_t>(million));
    CHECK(report[4].amount == 0);  // nothing is unattributed

    struct named {
        std::string user;
        std::int64_t at;
    };
    std::vector<named> seen;
    for (std::size_t i = 0; i < million / 4; ++i)
        seen.push_back({"customer number " + std::to_string(i), 1});
    auto const each = att::attribute(att::conversions(seen, &named::user, &named::at),
                                     att::touchpoints(seen, &named::user, &named::at), att::linear,
                                     att::always, att::by(att::of_touchpoint(&named::user)));
    CHECK(each.size() == million / 4 + 1);
}

TEST_CASE("a desk with a million touchpoints of one customer") {
    struct seen {
        std::uint32_t user = 0;
        std::int64_t at = 0;
        std::int64_t id = 0;
    };
    auto const make = [] {
        return att::live(att::conversion_stream<seen>(&seen::user, &seen::at, &seen::id),
                         att::touchpoint_stream<seen>(&seen::user, &seen::at, &seen::id),
                         att::linear, att::lookback(std::int64_t{1} << 40));
    };
    auto desk = make();
    constexpr auto n = static_cast<std::int64_t>(million);
    for (std::int64_t at = 0; at < n; ++at)
        (void)desk.touch({1, at, at});
    (void)desk.convert({1, n, 1});
    auto const form = att::members(&seen::user, &seen::at, &seen::id);
    auto other = make();
    other.restore(desk.snapshot({}, form, form), {}, form, form);
    std::size_t credits = 0;
    other.finish([&](auto const&) { ++credits; });
    CHECK(credits == million);
}
