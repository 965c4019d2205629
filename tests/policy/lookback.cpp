// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/lookback.hpp>

#include "support/policy_suite.hpp"

#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

namespace {

using namespace support;
using namespace std::chrono;

constexpr bool test() {
    // the sale is at 100; closed at both ends
    require(split(2, path_at(89, 90, 91), att::linear, att::lookback(10)) == gives(0, 1, 1, 0));
    require(split(2, path_at(99, 100, 101), att::linear, att::lookback(10)) == gives(1, 1, 0, 0));
    require(split(2, path_at(99, 100, 101), att::linear, att::lookback(0)) == gives(0, 2, 0, 0));
    require(split(2, path_at(INT64_MIN, 0), att::linear, att::lookback(INT64_MAX)) ==
            gives(0, 2, 0));
    require(split(2, path_at(89, 90), att::linear, att::lookback(10.5)) == gives(0, 2, 0));
    require(split(2, path_at(89, 90), att::linear, att::lookback(11.0)) == gives(1, 1, 0));
    return policy_suite(att::lookback(3)) && policy_suite(att::lookback(10)) &&
           policy_suite(att::lookback(0));
}
static_assert(test());

/// Is a touchpoint at `at` within `length` of a conversion at `converted`?
template <class Touched, class Converted, class Length>
constexpr bool admits(Touched at, Converted converted, Length length) {
    struct event {
        int user;
        Touched at;
    };
    struct order {
        int user;
        Converted at;
        int value;
    };
    std::array<event, 1> const log{event{1, at}};
    std::array<order, 1> const book{order{1, converted, 1}};
    bool admitted = false;
    att::attribute(att::conversions(book, &order::user, &order::at, &order::value),
                   att::touchpoints(log, &event::user, &event::at), att::linear,
                   att::lookback(length),
                   [&](auto const& earned) { admitted = earned.attributed(); });
    return admitted;
}

template <class Duration>
using at = sys_time<Duration>;
using days_of_24h = duration<int, std::ratio<86400>>;

constexpr bool mixed_precisions() {
    constexpr at<seconds> sold{1'000'000s};
    constexpr at<milliseconds> edge = sold - days_of_24h{2};
    // touches in ms, conversions in s, lookback in days
    require(admits(edge, sold, days_of_24h{2}));
    require(!admits(edge - 1ms, sold, days_of_24h{2}));
    require(admits(edge + 1ms, sold, days_of_24h{2}));
    require(admits(at<milliseconds>{sold}, sold, days_of_24h{2}));
    require(!admits(at<milliseconds>{sold} + 1ms, sold, days_of_24h{2}));
    // a lookback finer than the clock: 1500 ms over whole seconds is 1 s, never 2
    require(admits(sold - 1s, sold, 1500ms));
    require(!admits(sold - 2s, sold, 1500ms));
    require(admits(sold - 2s, sold, 2000ms));
    require(!admits(sold - 2s, sold, 1999ms));
    require(admits(sold, sold, 999ms));
    require(!admits(sold - 1s, sold, 999ms));
    // the same before the epoch, where rounding towards 0 would be the other way
    constexpr at<seconds> early{-10s};
    require(admits(early - 1s, early, 1500ms));
    require(!admits(early - 2s, early, 1500ms));
    // conversions by the day
    constexpr at<days_of_24h> day{days_of_24h{10}};
    require(admits(at<seconds>{day} - 36h, day, 36h));
    require(!admits(at<seconds>{day} - 36h - 1s, day, 36h));
    // thirds of a second over halves
    using thirds = duration<std::int64_t, std::ratio<1, 3>>;
    using halves = duration<std::int64_t, std::ratio<1, 2>>;
    require(admits(at<halves>{halves{-1}}, at<halves>{halves{0}}, thirds{2}));
    require(!admits(at<halves>{halves{-1}}, at<halves>{halves{0}}, thirds{1}));
    return true;
}
static_assert(mixed_precisions());

constexpr bool limits_of_the_clock() {
    using instant = at<nanoseconds>;
    require(admits(instant::min(), instant::min(), 1h));
    require(admits(instant::min(), instant::min() + 1h, 1h));
    require(!admits(instant::min(), instant::min() + 1h + 1ns, 1h));
    require(admits(instant::min(), instant::min() + 59min,
                   1h));  // the window starts before the clock does
    require(admits(instant::max(), instant::max(), 0ns));
    require(admits(instant::max() - 1h, instant::max(), 1h));
    require(!admits(instant::max() - 1h - 1ns, instant::max(), 1h));
    require(!admits(instant::max(), instant::min(), 1h));
    require(
        admits(instant::min(), instant{}, hours::max()));  // a length that no clock of ns can hold
    require(admits(at<seconds>::min(), at<seconds>::min(), hours::max()));
    require(!admits(at<seconds>::min(), at<seconds>::max(), nanoseconds::max()));
    require(admits(INT64_MIN, INT64_MIN + 5, 5));
    require(!admits(INT64_MIN, INT64_MIN + 6, 5));
    require(admits(std::uint32_t{0}, std::uint32_t{5}, 10));  // unsigned times do not wrap
    require(!admits(std::uint32_t{4'000'000'000}, std::uint32_t{5}, 10));
    return true;
}
static_assert(limits_of_the_clock());

}  // namespace

TEST_CASE("lookback") {
    CHECK(test());
    CHECK(mixed_precisions());
    CHECK(limits_of_the_clock());
}

TEST_CASE("lookback with lengths and clocks of floating point") {
    CHECK(admits(0.5, 1.5, 1.0));
    CHECK_FALSE(admits(std::nextafter(0.5, 0.0), 1.5, 1.0));
    CHECK(admits(-std::numeric_limits<double>::infinity(), 1.5,
                 std::numeric_limits<double>::infinity()));
    constexpr auto end_of_time = std::numeric_limits<double>::infinity();
    CHECK(admits(1.5, end_of_time, end_of_time));
    CHECK(admits(-end_of_time, end_of_time, end_of_time));
    CHECK_FALSE(admits(1.5, end_of_time, 1.0));
    CHECK(admits(at<seconds>{8s}, at<seconds>{10s}, duration<double>{2.0}));
    CHECK(admits(at<seconds>{8s}, at<seconds>{10s}, duration<double>{2.5}));
    CHECK_FALSE(admits(at<seconds>{8s}, at<seconds>{10s}, duration<double>{1.5}));
    CHECK(admits(at<seconds>{10s - 5400s}, at<seconds>{10s},
                 duration<double, std::ratio<3600>>{1.5}));
    CHECK(admits(at<seconds>::min(), at<seconds>{10s}, duration<double>{1e300}));
    CHECK(admits(INT64_MIN, INT64_MIN + 5, 1e300));
    CHECK(admits(at<duration<double>>{duration<double>{8.0}}, at<seconds>{10s}, 2s));
    CHECK_FALSE(admits(at<duration<double>>{duration<double>{7.75}}, at<seconds>{10s}, 2s));
}

TEST_CASE("lookback refuses a negative length") {
    auto const text = "lookback: the length must not be negative";
    CHECK_THROWS_WITH_AS((void)att::lookback(-1), text, std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)att::lookback(-1ns), text, std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)att::lookback(std::nan("")), text, std::invalid_argument);
}
