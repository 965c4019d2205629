// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/minimum_age.hpp>

#include "support/small_world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <utility>

namespace att = attribution;
using world::at_times, world::gives, world::require, world::split;

static constexpr bool test() {
    require(gives(split(60, at_times({80, 90, 91, 100}), att::linear, att::minimum_age(10)),
                  {30, 30, 0, 0}));
    require(
        gives(split(60, at_times({80, 100, 101}), att::linear, att::minimum_age(0)), {30, 30, 0}));
    require(gives(
        split(60, at_times({70, 80, 95}), att::linear, att::minimum_age(10) && att::lookback(20)),
        {0, 60, 0}));
    return true;
}
static_assert(test());

/// Does a touchpoint at one time earn from a conversion at another?
template <class Time, class Length>
static constexpr bool admits(Time touched, Time converted, Length length) {
    using dated = std::pair<int, Time>;
    std::array<dated, 1> const log{dated{1, touched}}, book{dated{1, converted}};
    bool admitted = false;
    att::attribute(att::conversions(book, &dated::first, &dated::second, &dated::first),
                   att::touchpoints(log, &dated::first, &dated::second), att::linear,
                   att::minimum_age(length),
                   [&](auto const& credit) { admitted = credit.attributed(); });
    return admitted;
}

static constexpr bool limits_of_the_clock() {
    for (unsigned touched = 0; touched < 7; ++touched)
        for (unsigned converted = 0; converted < 7; ++converted)
            for (unsigned length = 0; length < 9; ++length) {
                auto const expected = touched + length <= converted;
                require(admits(touched, converted, length) == expected);
                auto const early = INT64_MIN + std::int64_t{touched};
                auto const late = INT64_MIN + std::int64_t{converted};
                require(admits(early, late, std::int64_t{length}) == expected);
            }
    require(!admits(0U, 5U, 5.5) && admits(0U, 5U, 5.0));
    return true;
}

TEST_CASE("law: minimum_age") {
    CHECK(test());
    CHECK(limits_of_the_clock());
    CHECK_THROWS_AS(static_cast<void>(att::minimum_age(-1)), std::invalid_argument);
    support::for_all_worlds([](support::random_numbers& random) {
        // The rest of a lookback one tick shorter.
        auto const drawn = world::draw(random);
        auto const age = random.between(1, 20);
        return world::credits(drawn, att::linear, att::minimum_age(age)) ==
               world::credits(drawn, att::linear, !att::lookback(age - 1));
    });
}
