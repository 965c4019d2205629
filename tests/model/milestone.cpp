// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/milestone.hpp>

#include "support/small_world.hpp"

#include <attribution/model/milestones.hpp>

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace att = attribution;

namespace {

/// The touchpoint after the longest pause.
struct came_back_milestone : att::milestone_tag {
    constexpr std::size_t operator()(auto const& steps) const {
        auto place = steps.size();
        std::int64_t longest = 0;
        for (std::size_t i = 1; i < steps.size(); ++i)
            if (auto const pause = steps[i].at() - steps[i - 1].at(); pause > longest) {
                longest = pause;
                place = i;
            }
        return place;
    }
};
struct newest_fn : att::model_tag {
    static constexpr att::path_end picks = att::path_end::last;
    constexpr auto shape(std::size_t n) const {
        return std::array{att::level{n - 1, 0}, att::level{1, 1}};
    }
    constexpr void operator()(auto const&, att::weights w) const { att::draw(*this, w); }
};

// What selects a touchpoint stays as it is; a predicate of a touchpoint becomes a policy.
static_assert(
    std::same_as<decltype(att::milestone(1, newest_fn{})), att::shared_milestone<newest_fn>>);
static_assert(std::same_as<decltype(att::milestone(1, came_back_milestone{})),
                           att::shared_milestone<came_back_milestone>>);
static_assert(att::policy<decltype(att::milestone(1, world::lead).which)>);
static_assert(att::milestone(0.25, newest_fn{}).share == 0.25);

}  // namespace

TEST_CASE("milestones of your own") {
    auto const came_back = att::milestones(0, att::milestone(0.6, came_back_milestone{}),
                                           att::milestone(0.4, newest_fn{}));
    CHECK(world::split(100, world::at_times({1, 2, 9, 10}), came_back) ==
          std::vector<std::int64_t>{0, 0, 60, 40});
    CHECK(world::split(100, world::at_times({5, 5}), came_back) ==
          std::vector<std::int64_t>{0, 100});
}
