// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/time_decay.hpp>

#include "support/model_suite.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <ratio>
#include <stdexcept>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    constexpr auto decay = att::time_decay(10);
    require(split(300, path_at(90, 100), decay) == gives(100, 200, 0));
    require(split(700, path_at(80, 90, 100), decay) == gives(100, 200, 400, 0));
    require(split(300, path_at(20, 30), decay) ==
            gives(100, 200, 0));  // only differences of age count
    require(split(4, path_at(7, 7), decay) == gives(2, 2, 0));
    // likewise as a part of another model, however long ago the latest was
    constexpr auto weighed =
        att::as_model([](auto const& steps, att::weights w) { att::time_decay(1)(steps, w); });
    require(split(300, path_at(-9000, -8999), weighed) == gives(100, 200, 0));
    // Half a half-life: 1 / sqrt 2 = 0.41421356... : 0.58578643...
    require(split(100'000'000, path_at(95, 100), decay) == gives(41'421'356, 58'578'644, 0));
    // A half-life far too short or long: last touch, linear
    require(split(90, path_at(1, 2, 100), att::time_decay(1)) == gives(0, 0, 90, 0));
    require(split(90, path_at(1, 2, 100), att::time_decay(INT64_MAX)) == gives(30, 30, 30, 0));
    // The whole clock lies between them
    require(split(5, path_at(INT64_MIN, 100), decay) == gives(0, 5, 0));
    require(split(5, path_at(INT64_MIN), decay) == gives(5, 0));
    // 10 ticks apart, half-life 20 / 3 of them: 2^-1.5
    require(split(100'000, path_at(90, 100), att::time_decay(20.0 / 3)) ==
            gives(26'120, 73'880, 0));
    return model_suite(decay) && model_suite(att::time_decay(0.5));
}
static_assert(test());

}  // namespace

TEST_CASE("time_decay") {
    CHECK(test());
}

TEST_CASE("time_decay measures in any unit") {
    using namespace std::chrono;
    struct visit {
        int user;
        sys_time<milliseconds> at;
    };
    struct order {
        int user;
        sys_seconds at;
        int cents;
    };
    std::vector<visit> const log{{1, sys_time<milliseconds>{500ms}},
                                 {1, sys_time<milliseconds>{2s}}};
    std::vector<order> const book{{1, sys_seconds{1h}, 300}};
    auto const first_part = [&](auto const& m) {
        return att::attribute(att::conversions(book, &order::user, &order::at, &order::cents),
                              att::touchpoints(log, &visit::user, &visit::at), m)[0]
            .amount;
    };
    CHECK(first_part(att::time_decay(1500ms)) == 100);
    CHECK(first_part(att::time_decay(1'500'000us)) == 100);
    CHECK(first_part(att::time_decay(duration<double>{1.5})) == 100);
    CHECK(first_part(att::time_decay(duration<int, std::ratio<3, 2>>{1})) == 100);
    CHECK(first_part(att::time_decay(hours{24 * 365 * 1000})) == 150);
    CHECK(first_part(att::time_decay(1ns)) == 300);  // the first earns nothing, so it has no credit
}

TEST_CASE("time_decay on a clock of doubles") {
    struct event {
        int user;
        double at;
        double value;
    };
    std::vector<event> const log{{1, 0.25, 0}, {1, 1.75, 0}};
    std::vector<event> const book{{1, 2.0, 3.0}};
    auto const ledger =
        att::attribute(att::conversions(book, &event::user, &event::at, &event::value),
                       att::touchpoints(log, &event::user, &event::at), att::time_decay(1.5));
    CHECK(ledger[0].amount == 1.0);
    CHECK(ledger[1].amount == 2.0);
    double const ever = std::numeric_limits<double>::infinity();
    std::vector<event> const always{{1, -ever, 0}};
    auto const alone =
        att::attribute(att::conversions(book, &event::user, &event::at, &event::value),
                       att::touchpoints(always, &event::user, &event::at), att::time_decay(1.5));
    CHECK(alone[0].attributed());
}

TEST_CASE("time_decay refuses a half-life that is not positive") {
    auto const text = "time_decay: the half-life must be positive";
    CHECK_THROWS_WITH_AS((void)att::time_decay(0), text, std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)att::time_decay(-1), text, std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)att::time_decay(std::nan("")), text, std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)att::time_decay(std::chrono::seconds{0}), text,
                         std::invalid_argument);
}
