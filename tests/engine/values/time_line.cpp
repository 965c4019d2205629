// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/time_line.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <ratio>

namespace {

using namespace attribution::detail;
using namespace std::chrono;
using support::require;

template <class Duration>
using at = sys_time<Duration>;

static_assert(length_on<seconds, at<milliseconds>> && length_on<int, std::int64_t> &&
              length_on<double, std::int64_t>);
static_assert(!length_on<int, at<seconds>> && !length_on<seconds, std::int64_t>);

constexpr bool test() {
    require(first_instant<int>() == INT_MIN && last_instant<at<hours>>() == at<hours>::max());
    require(first_instant<double>() < std::numeric_limits<double>::lowest());
    // the first instant not before, whichever side of the epoch
    require(earlier_by(at<seconds>{5s}, 1500ms) == at<seconds>{4s} &&
            earlier_by(at<seconds>{-5s}, 1500ms) == at<seconds>{-6s});
    require(earlier_by(at<seconds>{5s}, 1h) == at<seconds>{-3595s});
    require(earlier_by(at<hours>{5h}, 1s) == at<hours>{5h} &&
            earlier_by(at<hours>{5h}, 3601s) == at<hours>{4h});
    require(earlier_by(at<seconds>{5s}, duration<double>{1.5}) == at<seconds>{4s});
    require(earlier_by(at<seconds>{-5s}, duration<double>{1.5}) == at<seconds>{-6s});
    require(earlier_by(10.0, 2.5) == 7.5 && earlier_by(10U, 2) == 8U && earlier_by(10U, 11) == 0U);
    // it stops at the ends, and does not wrap
    require(earlier_by(at<nanoseconds>::min(), 1ns) == at<nanoseconds>::min());
    require(earlier_by(at<nanoseconds>::max(), hours::max()) == at<nanoseconds>::min());
    for (auto const length : {std::int64_t{0}, std::int64_t{5}, INT64_MAX}) {
        require(earlier_by(INT64_MIN + length, length) == INT64_MIN);
        require(earlier_by(INT64_MIN + length + 1, length) == INT64_MIN + 1);
        require(latest_before(INT64_MIN + (length == 0 ? 0 : length - 1), length) == INT64_MIN);
    }
    require(earlier_by(INT64_MAX, INT64_MAX) == 0 && earlier_by(INT64_MAX, 3) == INT64_MAX - 3);
    require(earlier_by(std::uint8_t{5}, std::uint8_t{5}) == 0 &&
            earlier_by(std::uint8_t{5}, std::uint8_t{6}) == 0 &&
            earlier_by(std::int8_t{-100}, std::int8_t{28}) == -128 &&
            earlier_by(std::int8_t{-100}, std::int8_t{29}) == -128 &&
            earlier_by(std::int8_t{-100}, std::uint8_t{255}) == -128 &&
            earlier_by(5, std::uint32_t{0xffff'ffff}) == INT_MIN);
    require(
        earlier_by(at<seconds>{0s}, duration<double>{std::numeric_limits<double>::infinity()}) ==
        at<seconds>::min());
    // the last instant not after
    require(latest_before(at<seconds>{10s}, 1ms) == at<seconds>{9s} &&
            latest_before(at<seconds>{10s}, 0ms) == at<seconds>{10s} &&
            latest_before(at<seconds>{10s}, 1min) == at<seconds>{-50s});
    require(latest_before(INT64_MIN, std::int64_t{1}) == INT64_MIN);
    // where the clock ends before that
    require(reaches_back(std::uint8_t{5}, 5) && !reaches_back(std::uint8_t{5}, 6) &&
            reaches_back(std::uint8_t{5}, 5.0) && !reaches_back(std::uint8_t{5}, 5.5) &&
            !reaches_back(std::uint8_t{5}, std::int64_t{INT64_MAX}) && reaches_back(5.0, 1e300));
    require(reaches_back(INT64_MIN, 0) && !reaches_back(INT64_MIN, 1) &&
            !reaches_back(INT64_MIN, 0.5) && reaches_back(INT64_MAX, INT64_MAX) &&
            reaches_back(INT64_MAX, std::uint64_t{UINT64_MAX}) &&
            !reaches_back(INT64_MAX - 1, std::uint64_t{UINT64_MAX}) && !reaches_back(0, 1e300));
    require(reaches_back(at<seconds>::min() + 1s, 1000ms) &&
            !reaches_back(at<seconds>::min() + 1s, 1001ms) &&
            reaches_back(at<minutes>::min() + 1min, 60s) &&
            !reaches_back(at<minutes>::min() + 1min, 61s));
    require(latest_before(10, 1.5) == 8 && latest_before(-10, 1.5) == -12 &&
            latest_before(10, 2.0) == 8 && latest_before(10.0, 1.5) == 8.5);
    require(earlier_by(10, 1.5) == 9 && earlier_by(-10, 1.5) == -11 && earlier_by(10, 2.0) == 8);
    require(latest_before(INT64_MIN, 0.5) == INT64_MIN &&
            latest_before(INT64_MAX, 1e300) == INT64_MIN);
    require(latest_before(at<seconds>{10s}, duration<double>{0.5}) == at<seconds>{9s});
    require(distance(at<seconds>::min(), at<seconds>::max()) == seconds::max());
    require(distance(at<seconds>::max(), at<seconds>::min()) == seconds::min());
    require(distance(INT64_MIN, std::int64_t{-1}) == INT64_MAX && distance(3U, 5U) == 2U);
    constexpr double endless = std::numeric_limits<double>::infinity();
    using fraction = duration<double>;
    require(divides(1min, at<seconds>{120s}) && !divides(1min, at<seconds>{90s}) &&
            divides(1min, at<seconds>{-60s}) && !divides(7, 20) && divides(7, 21));
    require(divides(1min, at<fraction>{fraction{120}}) &&
            !divides(1min, at<fraction>{fraction{90}}));
    require(divides(fraction{1.5}, at<minutes>{1min}) &&
            !divides(fraction{1.6}, at<minutes>{1min}));
    // too many to count
    require(!divides(1.0, 1e300) && !divides(1.0, -1e300) && !divides(1.0, -endless));
    require(distance(2.0, 5.5) == 3.5 && distance(endless, endless) == 0 &&
            distance(5.5, -endless) == -endless);
    require(next_instant(5) == 6 && next_instant(INT_MAX) == INT_MAX &&
            next_instant(at<seconds>::max()) == at<seconds>::max());
    require(whole_units<std::ratio<60>>(at<seconds>{119s}) == 1 &&
            whole_units<std::ratio<60>>(at<seconds>{-1s}) == -1 &&
            whole_units<std::ratio<1>>(2min) == 120 && whole_units<std::ratio<1>>(-0.5) == -1 &&
            whole_units<std::ratio<1>>(2.5) == 2 && whole_units<std::ratio<1>>(-3.0) == -3);
    require(whole_units<std::ratio<1>>(duration<double, std::ratio<60>>{1.5}) == 90 &&
            whole_units<std::ratio<60>>(duration<double>{90}) == 1);
    require(whole_units<std::ratio<1>>(hours::max()) == INT64_MAX &&
            whole_units<std::ratio<1>>(1e300) == std::int64_t{1} << 62);
    require(is_on_time_line(1.0) && !is_on_time_line(std::numeric_limits<double>::quiet_NaN()));
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("time_line") {
    CHECK(test());
    double const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(whole_units<std::ratio<1>>(nan) == -(std::int64_t{1} << 62));
    CHECK_FALSE(divides(1.0, nan));
    CHECK(next_instant(1.0) == 1.0 + 0x1p-52);
    CHECK(instant_ahead_of(1.0) == 1.0 - 0x1p-53);
    CHECK(instant_ahead_of(-1.0F) == -1.0F - 0x1p-23F);
    CHECK(instant_ahead_of(at<seconds>{5s}) == at<seconds>{4s});
    CHECK(instant_ahead_of(INT_MIN) == INT_MIN);
    CHECK(on_time_line(2.5, "row ", 7) == 2.5);
    CHECK(on_time_line(INT64_MIN, "row ", 7) == INT64_MIN);
    CHECK_THROWS_WITH_AS((void)on_time_line(nan, "join: the time of touchpoint row ", 7),
                         "join: the time of touchpoint row 7 is not a number", std::domain_error);
}
