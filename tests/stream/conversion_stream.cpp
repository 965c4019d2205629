// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/conversion_stream.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <type_traits>

using namespace support;

TEST_CASE("conversion_stream: read through projections") {
    constexpr auto counted = att::conversion_stream<sale>(&sale::user, &sale::at, &sale::region);
    CHECK(counted.value(sale{}) == 1.0);
    constexpr auto book =
        att::conversion_stream<sale>(&sale::user, &sale::at, &sale::region, &sale::value);
    CHECK(book.value(sale{1, 2, 99}) == 99);
    CHECK(book.id(sale{1, 2, 99, 'y'}) == 'y');
    static_assert(att::detail::is_conversion_stream<std::remove_const_t<decltype(book)>>);
}
