// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/last_non_direct.hpp>

#include "support/model_suite.hpp"

#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

namespace {

using namespace support;

constexpr bool test() {
    constexpr auto direct = att::where(&touch::channel, 'd');
    constexpr auto last = att::last_non_direct(direct);
    require(split(9, path_through('a', 'b', 'd', 'd'), last) == gives(0, 9, 0, 0, 0));
    require(split(9, path_through('d', 'a', 'b'), last) == gives(0, 0, 9, 0));
    require(split(9, path_through('d', 'd'), last) == gives(0, 9, 0));  // nothing else there
    require(split(9, path_through('d'), att::last_touch, !direct) == gives(0, 9));
    return model_suite(last);
}
static_assert(test());

}  // namespace

TEST_CASE("last_non_direct") {
    CHECK(test());
    for (char const channel : {'b', 'd'}) {
        auto const last = att::last_non_direct(att::where(&touch::channel, channel));
        CHECK(split(9, path_through('a', 'b', 'd'), last) ==
              (channel == 'b' ? gives(0, 0, 9, 0) : gives(0, 9, 0, 0)));
    }
}
