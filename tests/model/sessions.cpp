// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/sessions.hpp>

#include "support/small_world.hpp"

#include <attribution/model/blend.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_decay.hpp>
#include <attribution/model/usage_weighted.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

namespace att = attribution;
using namespace std::chrono_literals;
using world::at_times, world::gives, world::require, world::split;

static constexpr bool test() {
    // Sessions {1, 4}, {20}, {31, 41, 51}: a pause of exactly 10 does not end one, 11 does.
    auto const log = at_times({1, 4, 20, 31, 41, 51});
    require(
        gives(split(90, log, att::over(att::sessions(10), att::linear)), {30, 0, 30, 30, 0, 0}));
    require(
        gives(split(90, log, att::over(att::sessions(10), att::last_touch)), {0, 0, 0, 90, 0, 0}));
    require(gives(split(90, log, att::over(att::sessions(10, att::last_touch), att::linear)),
                  {0, 30, 30, 0, 0, 30}));
    require(gives(split(90, log, att::over(att::sessions(10, att::linear), att::linear)),
                  {15, 15, 30, 10, 10, 10}));
    require(gives(split(120, log, att::over(att::sessions(10, att::linear), att::position_decay)),
                  {10, 10, 40, 20, 20, 20}));
    // Without repeats within the pause, nothing changes.
    require(
        gives(split(60, at_times({1, 20, 40}), att::over(att::sessions(10), att::position_decay)),
              {10, 20, 30}));
    require(gives(split(60, at_times({5, 5, 6}), att::over(att::sessions(0), att::linear)),
                  {30, 0, 30}));
    // A session whose touchpoints `within` gives nothing has nothing to give.
    auto const late_only =
        att::usage_weighted([](world::touch const& t) { return t.at > 20 ? 1 : 0; });
    require(gives(split(90, log, att::over(att::sessions(10, late_only), att::linear)),
                  {0, 0, 0, 30, 30, 30}));
    return true;
}
static_assert(test());

TEST_CASE("sessions") {
    CHECK(test());
    CHECK_THROWS_AS(static_cast<void>(att::over(att::sessions(-1min), att::linear)),
                    std::invalid_argument);
}

TEST_CASE("sessions refuses weights that are none") {
    auto const wrong = att::usage_weighted(
        [](world::touch const&) { return std::numeric_limits<double>::quiet_NaN(); });
    auto const log = at_times({1, 2, 50});
    CHECK_THROWS_AS(split(90, log, att::over(att::sessions(10), wrong)), std::domain_error);
    CHECK_THROWS_AS(split(90, log, att::over(att::sessions(10, wrong), att::linear)),
                    std::domain_error);
    // Also of a session in which nobody would get any of it.
    auto const negative = att::usage_weighted([](world::touch const&) { return -1; });
    auto const none = att::usage_weighted([](world::touch const&) { return 0; });
    CHECK_THROWS_AS(split(90, log, att::over(att::sessions(10, none), negative)),
                    std::domain_error);
    auto const last_is_wrong =
        att::usage_weighted([](world::touch const& t) { return t.at == 50 ? -1 : 1; });
    CHECK_THROWS_WITH_AS(split(90, log, att::over(att::sessions(10, last_is_wrong), att::linear)),
                         "attribute: the model gave touchpoint row 2 of conversion row 0 a weight "
                         "that is negative; weights must be finite and at least 0",
                         std::domain_error);
}

TEST_CASE("sessions asks nobody how to split a session that earns nothing") {
    auto const only_at_50 = [](auto const& steps, att::weights w) {
        REQUIRE(steps[0].at() == 50);
        w[0] = 1;
    };
    CHECK(split(90, at_times({1, 2, 50}),
                att::over(att::sessions(10, only_at_50), att::last_touch)) ==
          split(90, at_times({1, 2, 50}), att::last_touch));
}

TEST_CASE("law: sessions: a session earns the same however it is split within") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const drawn = world::draw(random);
        auto const pause = random.between(0, 8);
        auto const sum = [&](auto const& credits) {
            std::vector<std::int64_t> by_sale(drawn.book.size(), 0);
            for (auto const& one : credits)
                by_sale[one.conversion] += one.amount;
            return by_sale;
        };
        auto const first = world::credits(drawn, att::over(att::sessions(pause), att::linear));
        auto const even =
            world::credits(drawn, att::over(att::sessions(pause, att::linear), att::linear));
        return sum(first) == sum(even) && even.size() >= first.size() &&
               world::credits(drawn, att::over(att::sessions(1000, att::linear), att::linear)) ==
                   world::credits(drawn, att::linear);
    });
}
