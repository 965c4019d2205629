// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/watermark.hpp>

#include "stream/support.hpp"

#include <attribution/engine/stream/stream_times.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>

using namespace support;

namespace {

using times = att::detail::stream_times<decltype(touch_stream()), decltype(sale_stream())>;
using watermark = att::detail::watermark<times>;

}  // namespace

TEST_CASE("the horizon follows the watermark, less the allowed lateness, and never goes back") {
    watermark time;
    CHECK(!time.has_passed(INT64_MIN));
    time.advance(10, att::detail::no_lateness{});
    CHECK(time.horizon() == 10);
    CHECK(time.has_passed(9));
    CHECK(!time.has_passed(10));
    time.advance(12, tick{5});
    CHECK(time.horizon() == 10);
    time.advance(12, tick{1});
    CHECK(time.horizon() == 11);
    time.advance(INT64_MIN, tick{1});
    CHECK(time.horizon() == 11);
    time.advance(10.5, att::detail::no_lateness{});
    CHECK(time.horizon() == 11);
    time.advance(11.5, att::detail::no_lateness{});  // of the clock of records, the next instant
    CHECK(time.horizon() == 12);
}

TEST_CASE("after the end everything is late, and a NaN moves nothing") {
    watermark time{7, false};
    CHECK_THROWS_AS(
        time.advance(std::numeric_limits<double>::quiet_NaN(), att::detail::no_lateness{}),
        std::domain_error);
    CHECK(time.horizon() == 7);
    CHECK(!time.has_passed(INT64_MAX));
    time.end();
    CHECK(time.has_ended());
    CHECK(time.has_passed(INT64_MAX));
}
