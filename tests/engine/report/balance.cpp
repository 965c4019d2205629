// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/balance.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace att = attribution;
using att::detail::balance;

TEST_CASE("a balance of whole numbers is exact, and saturates when it is shown") {
    balance<std::int64_t> left;
    left.add(INT64_MAX);
    left.add(INT64_MAX);
    CHECK(!left.is_even(0));
    CHECK(left.amount() == INT64_MAX);
    left.subtract(INT64_MAX);
    left.subtract(INT64_MAX - 1);
    CHECK(left.amount() == 1);
    left.subtract(1);
    CHECK(left.is_even(0));

    balance<unsigned> below;
    below.subtract(5);
    CHECK(!below.is_even(0));
    CHECK(below.amount() == 0);
}

TEST_CASE("a balance of floating amounts may be off by the rounding of what was added") {
    balance<double> left;
    for (int i = 0; i < 10; ++i)
        left.add(0.1);
    left.subtract(1.0);
    CHECK(left.amount() != 0);
    CHECK(left.is_even(1));
    CHECK(!left.is_even(1e-9));
    constexpr double most = std::numeric_limits<double>::max();
    left.add(most);
    left.add(most);
    CHECK(left.amount() == most);
}

TEST_CASE("only floating amounts have a size") {
    CHECK(att::detail::size_of(-7) == 0);
    CHECK(att::detail::size_of(-0.5) == 0.5);
}
