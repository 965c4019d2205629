// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/prefer.hpp>

#include "support/model_suite.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

namespace {

using namespace support;

constexpr bool test() {
    constexpr auto direct = att::where(&touch::channel, 'd');
    constexpr auto non_direct = att::prefer(!direct, att::last_touch);
    require(split(9, path_through('a', 'b', 'd'), non_direct) == gives(0, 9, 0, 0));
    require(split(9, path_through('d', 'd', 'd'), non_direct) ==
            gives(0, 0, 9, 0));                                           // nothing else there
    constexpr auto recent = att::prefer(att::lookback(10), att::linear);  // a window chooses too
    require(split(8, path_at(89, 90, 100), recent) == gives(0, 4, 4, 0));
    require(split(9, path_at(1, 2, 3), recent) == gives(3, 3, 3, 0));
    // nested: a first, else b, else whatever there is
    constexpr auto ranked = att::prefer(att::where(&touch::channel, 'a'),
                                        att::prefer(att::where(&touch::channel, 'b'), att::linear));
    require(split(8, path_through('a', 'b', 'a', 'c'), ranked) == gives(4, 0, 4, 0, 0));
    require(split(8, path_through('c', 'b', 'b', 'c'), ranked) == gives(0, 4, 4, 0, 0));
    require(split(8, path_through('c', 'c'), ranked) == gives(4, 4, 0));
    // it cannot bring in what is not eligible
    require(split(8, path_through('a', 'b'), ranked, !att::where(&touch::channel, 'a')) ==
            gives(0, 8, 0));
    return model_suite(att::prefer(att::always, att::linear)) && model_suite(non_direct);
}
static_assert(test());

}  // namespace

TEST_CASE("prefer") {
    CHECK(test());
}
