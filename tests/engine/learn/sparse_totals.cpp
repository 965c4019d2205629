// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/sparse_totals.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>

namespace att = attribution;

TEST_CASE("totals of some things, and of others none") {
    using totals = att::detail::sparse_totals<std::int64_t>;
    totals all;
    totals::place a;
    totals::place b;
    totals::place never;
    CHECK(all.find(a) == nullptr);
    all[b].add(5);
    all[a].add(1);
    all[b].add(2);
    REQUIRE(all.find(a) != nullptr);
    CHECK(all.find(a)->value() == 1);
    CHECK(all.find(b)->value() == 7);
    CHECK(all.find(never) == nullptr);

    auto copy = all;
    copy[a].add(9);
    CHECK(copy.find(a)->value() == 10);
    CHECK(all.find(a)->value() == 1);
}

TEST_CASE("totals as doubles") {
    using att::detail::as_double;
    att::running_total<std::int64_t> total;
    CHECK(as_double<std::int64_t>(nullptr) == 0);
    total.add(-3);
    CHECK(as_double(&total) == -3);
    total.add(std::numeric_limits<std::int64_t>::min());
    CHECK_THROWS_AS(static_cast<void>(as_double(&total)), std::overflow_error);
}
