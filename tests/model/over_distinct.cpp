// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/over_distinct.hpp>

#include "support/model_suite.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    constexpr auto channels = att::over_distinct(&touch::channel, att::linear);
    require(split(8, path_through('b', 'a', 'b', 'a'), channels) == gives(4, 4, 0, 0, 0));
    require(split(8, path_through('a', 'b', 'c', 'd'), channels) == gives(2, 2, 2, 2, 0));
    require(split(8, path_through('a', 'a', 'a'), channels) == gives(8, 0, 0, 0));
    // the inner model sees the shorter path: 40/20/40 over b a c
    require(split(10, path_through('b', 'a', 'b', 'c'),
                  att::over_distinct(&touch::channel, att::position_based())) ==
            gives(4, 2, 0, 4, 0));
    require(split(8, path_through('a', 'b', 'a'),
                  att::over_distinct(&touch::channel, att::last_touch)) == gives(0, 8, 0, 0));
    return model_suite(channels);
}
static_assert(test());

}  // namespace

TEST_CASE("over_distinct") {
    CHECK(test());
}

TEST_CASE("over_distinct takes a projection that makes its value") {
    auto const name = [](touch const& t) { return std::string(20, t.channel); };
    CHECK(split(8, path_through('b', 'a', 'b', 'a'), att::over_distinct(name, att::linear)) ==
          gives(4, 4, 0, 0, 0));
}
