// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/last_of_each.hpp>

#include "support/small_world.hpp"

#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_decay.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <stdexcept>

namespace att = attribution;
using world::gives, world::require, world::split, world::through, world::touch;

static constexpr bool test() {
    auto const over = [](auto m) { return att::over(att::last_of_each(&touch::channel), m); };
    require(gives(split(60, through("abab"), over(att::linear)), {0, 0, 30, 30}));
    require(gives(split(60, through("abacb"), over(att::position_decay)), {0, 0, 10, 20, 30}));
    require(gives(split(60, through("abca"), over(att::first_touch)), {0, 60, 0, 0}));
    require(gives(split(60, through("abc"), over(att::position_decay)), {10, 20, 30}));
    require(gives(split(60, through("aaaa"), over(att::linear)), {0, 0, 0, 60}));
    return true;
}
static_assert(test());
TEST_CASE("last_of_each") {
    CHECK(test());
}

TEST_CASE("last_of_each refuses a NaN by its rows; missing values are equal, text is what "
          "it says") {
    static char const a[] = "a";
    static char const same[] = "a";
    auto const number = [](touch const& t) {
        return t.channel == 'n' ? std::numeric_limits<double>::quiet_NaN() : 1.0;
    };
    CHECK_THROWS_WITH_AS(
        (void)split(60, through("ann"), att::over(att::last_of_each(number), att::linear)),
        "last_of_each: the value of touchpoint row 1 of conversion row 0 is not a "
        "number; name a value for such records in the projection",
        std::domain_error);
    auto const text = [](touch const& t) -> char const* {
        return t.channel == '-' ? nullptr : t.channel == 'a' ? &a[0] : &same[0];
    };
    auto const maybe = [](touch const& t) {
        return t.channel == '-' ? std::nullopt : std::optional{t.channel};
    };
    CHECK(gives(split(60, through("-aA-"), att::over(att::last_of_each(text), att::linear)),
                {0, 0, 30, 30}));
    CHECK(gives(split(60, through("--a"), att::over(att::last_of_each(maybe), att::linear)),
                {0, 30, 30}));
}
