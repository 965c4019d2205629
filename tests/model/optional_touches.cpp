// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/optional_touches.hpp>

#include "support/small_world.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace att = attribution;
using world::gives, world::require, world::split, world::through, world::touch;

static constexpr auto direct = att::where(&touch::channel, 'd');
static constexpr auto view = att::where(&touch::channel, 'v');

static constexpr bool test() {
    auto const rule = att::optional_touches(direct, att::linear);
    require(gives(split(60, through("adbd"), rule), {30, 0, 30, 0}));
    require(gives(split(60, through("dd"), rule), {30, 30}));
    // Clicks before views before direct.
    auto const order = att::optional_touches(direct, att::optional_touches(view, att::last_touch));
    require(gives(split(60, through("avd"), order), {60, 0, 0}));
    require(gives(split(60, through("vd"), order), {60, 0}));
    require(gives(split(60, through("dd"), order), {0, 60}));
    require(gives(split(60, through("adb"), att::optional_touches(!att::always, att::linear)),
                  {20, 20, 20}));
    return true;
}
static_assert(test());

TEST_CASE("law: optional_touches") {
    CHECK(test());
    support::for_all_worlds([](support::random_numbers& random) {
        // Each conversion as if they were not eligible, and if it has nothing then, as if they were
        // like all others.
        auto const drawn = world::draw(random);
        auto const a = att::where(&touch::channel, 'a');
        auto const with = world::credits(drawn, att::linear);
        std::set<std::size_t> alone;
        std::vector<att::credit<std::int64_t>> expected;
        for (auto const& one : world::credits(drawn, att::linear, !a))
            if (one.attributed())
                expected.push_back(one);
            else
                alone.insert(one.conversion);
        for (auto const& one : with)
            if (alone.contains(one.conversion))
                expected.push_back(one);
        std::ranges::stable_sort(expected, {}, &att::credit<std::int64_t>::conversion);
        return world::credits(drawn, att::optional_touches(a, att::linear)) == expected;
    });
}
