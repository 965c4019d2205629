// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/partition_of.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace att = attribution;

static_assert(att::partition_of("", 16) == 1);
static_assert(att::partition_of("a", 16) == 0);
static_assert(att::partition_of("foobar", 16) == 9);
static_assert(att::partition_of("M\xc3\xbcller", 16) == 15);
static_assert(att::partition_of("42", 7) == 5);
static_assert(att::partition_of("42", 16) == 4);
static_assert(att::partition_of("foobar", 1) == 0);

TEST_CASE("partition_of needs a partition") {
    CHECK_THROWS_AS((void)att::partition_of("a", 0), std::invalid_argument);
}

TEST_CASE("partition_of spreads numbered customers evenly") {
    for (std::size_t const partitions : {7U, 16U, 64U}) {
        std::vector<int> customers(partitions, 0);
        constexpr int each = 1000;
        for (std::size_t i = 0; i < each * partitions; ++i)
            ++customers[att::partition_of(std::to_string(i), partitions)];
        for (auto const count : customers)
            if (count < each * 8 / 10 || count > each * 12 / 10)
                FAIL(count << " of " << partitions);
    }
}
