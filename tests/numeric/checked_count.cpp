// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/checked_count.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>

using namespace attribution::detail;
using support::require;

namespace {

constexpr auto most = std::numeric_limits<std::uint64_t>::max();

constexpr bool test() {
    require(counted(3, 4) == 7 && counted(1, 2, 3) == 7 && counted(most, 0, most) == most);
    require(counted(most - 1, 1) == most && counted(0, most) == most);
    require(counted(1, most / 2, 2) == most);
    require(as_number(0) == 0 && as_number(0xffff'fffe) == 0xffff'fffe);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("counts do not wrap") {
    CHECK(test());
    CHECK_THROWS_AS((void)counted(most, 1), std::overflow_error);
    CHECK_THROWS_AS((void)counted(1, most), std::overflow_error);
    CHECK_THROWS_AS((void)counted(2, most / 2, 2), std::overflow_error);
    CHECK_THROWS_AS((void)counted(most, most, most), std::overflow_error);
}

TEST_CASE("places have numbers of 32 bits, or are refused") {
    CHECK_THROWS_AS((void)as_number(0xffff'ffff), std::length_error);
    CHECK_THROWS_AS((void)as_number(std::size_t{1} << 32), std::length_error);
}
