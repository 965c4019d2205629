// SPDX-License-Identifier: BSL-1.0
#include <attribution/credit/credit.hpp>

#include <doctest/doctest.h>

namespace {

constexpr bool test() {
    using credit = attribution::credit<int>;
    credit const earned{1, 2, 30, 0.5};
    return earned.attributed() && !credit{1, attribution::no_row, 30, 1}.attributed() &&
           earned == credit{1, 2, 30, 0.5} && earned != credit{0, 2, 30, 0.5} &&
           earned != credit{1, 3, 30, 0.5} && earned != credit{1, 2, 31, 0.5} &&
           earned != credit{1, 2, 30, 0.25};
}
static_assert(test());

}  // namespace

TEST_CASE("credit") {
    CHECK(test());
}
