// SPDX-License-Identifier: BSL-1.0
#include <attribution/detail/uninitialized.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

namespace {

using namespace attribution::detail;

constexpr bool test() {
    uninitialized_vector<int> numbers;
    resize_uninitialized(numbers, 3, 7);
    support::require(numbers.size() == 3);
    for (int i = 0; auto& number : numbers)
        number = ++i;
    auto const copy = numbers;
    support::require(copy[0] == 1 && copy[2] == 3);
    resize_uninitialized(numbers, 1, 7);
    support::require(numbers.size() == 1);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("uninitialized_vector") {
    CHECK(test());
}
