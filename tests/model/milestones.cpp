// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/milestones.hpp>

#include "model/marked_path.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>

#include <doctest/doctest.h>

#include <stdexcept>

namespace att = attribution;
using world::gives, world::marked_path, world::require, world::split;

static constexpr bool test() {
    // A policy, and none of the first touch: without milestones all share evenly.
    auto const only_lead = att::milestones(0.2, att::milestone(0.8, att::where(world::lead, true)));
    require(gives(split(100, marked_path(".l."), only_lead), {10, 80, 10}));
    require(gives(split(90, marked_path("..."), only_lead), {30, 30, 30}));

    // The smallest whole shares, 1 and 1; and a milestone that is worth nothing
    auto const halves = att::milestones(0.5, att::milestone(0.5, att::first_touch));
    require(gives(split(100, marked_path("..."), halves), {50, 25, 25}));
    auto const closer = att::milestones(0.5, att::milestone(0.5, att::last_touch));
    require(gives(split(100, marked_path("..."), closer), {25, 25, 50}));
    auto const worthless = att::milestones(1, att::milestone(0, att::first_touch));
    require(gives(split(90, marked_path("..."), worthless), {30, 30, 30}));
    return true;
}
static_assert(test());

TEST_CASE("milestones") {
    CHECK(test());
    CHECK_THROWS_AS(static_cast<void>(att::milestones(0.1, att::milestone(1.1, att::first_touch))),
                    std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(att::milestones(-0.1, att::milestone(0.5, att::first_touch))),
                    std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(att::milestones(0, att::milestone(0, att::first_touch))),
                    std::invalid_argument);
}
