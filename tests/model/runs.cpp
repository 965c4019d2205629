// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/runs.hpp>

#include "support/small_world.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <stdexcept>

namespace att = attribution;
using world::gives, world::require, world::split, world::through, world::touch;

static constexpr bool test() {
    auto const over = [](auto m) { return att::over(att::runs(&touch::channel), m); };
    require(gives(split(60, through("aaabba"), over(att::linear)), {20, 0, 0, 20, 0, 20}));
    require(gives(split(60, through("aabb"), over(att::last_touch)), {0, 0, 60, 0}));
    require(gives(split(60, through("abab"), over(att::linear)), {15, 15, 15, 15}));
    return true;
}
static_assert(test());
TEST_CASE("runs") {
    CHECK(test());
}

TEST_CASE("runs refuses a NaN by its rows; missing values are equal, text is what it says") {
    static char const a[] = "a";
    static char const same[] = "a";
    auto const number = [](touch const& t) {
        return t.channel == 'n' ? std::numeric_limits<double>::quiet_NaN() : 1.0;
    };
    CHECK_THROWS_WITH_AS((void)split(60, through("ann"), att::over(att::runs(number), att::linear)),
                         "runs: the value of touchpoint row 1 of conversion row 0 is not a "
                         "number; name a value for such records in the projection",
                         std::domain_error);
    auto const text = [](touch const& t) -> char const* {
        return t.channel == '-' ? nullptr : t.channel == 'a' ? &a[0] : &same[0];
    };
    auto const maybe = [](touch const& t) {
        return t.channel == '-' ? std::nullopt : std::optional{t.channel};
    };
    CHECK(gives(split(60, through("-aA-"), att::over(att::runs(text), att::linear)),
                {20, 20, 0, 20}));
    CHECK(gives(split(60, through("--a"), att::over(att::runs(maybe), att::linear)), {30, 0, 30}));
}
