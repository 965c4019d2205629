// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/keep_everything.hpp>

#include "stream/support.hpp"

#include <attribution/policy/always.hpp>
#include <attribution/policy/policy.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace support;

TEST_CASE("a desk that keeps everything credits what is as old as can be") {
    auto desk = desk_of(att::always, att::keep_everything);
    (void)desk.touch(tap(1, 0, 1));
    desk.advance(1'000'000, [](auto const&) {});
    desk.tidy();
    CHECK(desk.counts().held_touchpoints == 1);
    std::vector<live_credit> given;
    (void)desk.convert(buy(1, 1'000'000, 2));
    desk.finish(keeping(desk, given));
    CHECK(given == std::vector<live_credit>{{2, 1, 100, 1}});
}
