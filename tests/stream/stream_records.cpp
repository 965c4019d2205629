// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/stream_records.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace support;

TEST_CASE("records of a stream are read through projections") {
    constexpr auto taps = att::touchpoint_stream<touch>(
        &touch::user, [](touch const& t) { return t.at * 2; }, &touch::usage);
    static_assert(std::same_as<decltype(taps)::time_type, tick>);
    touch const one{7, 21, 'c', 3};
    CHECK(taps.key(one) == 7);
    CHECK(taps.time(one) == 42);
    CHECK(taps.id(one) == 3);
    constexpr auto counted = att::conversion_stream<sale>(&sale::user, &sale::at, &sale::region);
    CHECK(counted.value(sale{}) == 1.0);
    constexpr auto book =
        att::conversion_stream<sale>(&sale::user, &sale::at, &sale::region, &sale::value);
    CHECK(book.value(sale{1, 2, 99}) == 99);
}
