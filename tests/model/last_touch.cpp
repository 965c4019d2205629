// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/last_touch.hpp>

#include "support/model_suite.hpp"

#include <doctest/doctest.h>

namespace {

using namespace support;

constexpr bool test() {
    require(split(100, path_at(1, 2, 3), att::last_touch) == gives(0, 0, 100, 0));
    require(split(100, path_at(3, 2, 1), att::last_touch) ==
            gives(100, 0, 0, 0));                                             // by time, not by row
    require(split(100, path_at(7, 7), att::last_touch) == gives(0, 100, 0));  // a tie: the last row
    require(split(100, path_at(1, 100, 101), att::last_touch) == gives(0, 100, 0, 0));
    return model_suite(att::last_touch);
}
static_assert(test());
static_assert(std::is_empty_v<att::last_touch_fn>);

}  // namespace

TEST_CASE("last_touch") {
    CHECK(test());
}
