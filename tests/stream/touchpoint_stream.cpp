// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/touchpoint_stream.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <concepts>

using namespace support;

TEST_CASE("touchpoint_stream: read through projections") {
    constexpr auto taps = att::touchpoint_stream<touch>(
        &touch::user, [](touch const& t) { return t.at * 2; }, &touch::usage);
    static_assert(std::same_as<decltype(taps)::time_type, tick>);
    static_assert(att::detail::is_touchpoint_stream<std::remove_const_t<decltype(taps)>>);
    touch const one{7, 21, 'c', 3};
    CHECK(taps.key(one) == 7);
    CHECK(taps.time(one) == 42);
    CHECK(taps.id(one) == 3);
}
