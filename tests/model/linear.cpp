// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/linear.hpp>

#include "support/model_suite.hpp"

#include <doctest/doctest.h>

namespace {

using namespace support;

constexpr bool test() {
    require(split(100, path_at(1, 2, 3), att::linear) == gives(34, 33, 33, 0));
    require(split(101, path_at(1, 2, 3), att::linear) == gives(34, 34, 33, 0));
    require(split(100, path_at(3, 2, 1), att::linear) ==
            gives(33, 33, 34, 0));  // the earliest gets the odd cent
    require(split(1, path_at(4, 4), att::linear) ==
            gives(1, 0, 0));  // a tie in time: the first row
    require(split(90, path_through('a', 'b', 'a'), att::linear) == gives(30, 30, 30, 0));
    return model_suite(att::linear);
}
static_assert(test());

}  // namespace

TEST_CASE("linear") {
    CHECK(test());
}
