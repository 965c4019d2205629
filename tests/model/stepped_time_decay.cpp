// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/stepped_time_decay.hpp>

#include "support/law.hpp"
#include "support/small_world.hpp"

#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/between.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <vector>

namespace att = attribution;
using world::at_times, world::gives, world::require, world::split;
using namespace std::chrono_literals;

static constexpr bool test() {
    // Conversion at 100, half-life 10: ages 0, 9, 10, 19, 20 -> 1, 1, 1/2, 1/2, 1/4.
    require(gives(split(130, at_times({80, 81, 90, 91, 100}), att::stepped_time_decay(10)),
                  {10, 20, 20, 40, 40}));
    // Measured from the conversion: ages 5 and 14 are a step apart, ages 0 and 9 are not.
    require(gives(split(90, at_times({86, 95}), att::stepped_time_decay(10)), {30, 60}));
    require(gives(split(90, at_times({91, 100}), att::stepped_time_decay(10)), {45, 45}));
    // Very old paths keep their proportions; numbers of steps beyond a double's exponent are 0.
    require(
        gives(split(90, at_times({-1'000'000, -999'990}), att::stepped_time_decay(10)), {30, 60}));
    require(gives(split(90, at_times({-1'000'000, 99}), att::stepped_time_decay(10)), {0, 90}));
    require(att::detail::whole_times(-1, 10) == -1);
    require(att::detail::whole_times(-10, 10) == -1);
    require(att::detail::whole_times(-11, 10) == -2);
    require(att::detail::whole_times(-0.5, 10.0) == -1);
    require(att::detail::whole_times(-20.0, 10.0) == -2);
    require(att::detail::whole_times(25.0, 10.0) == 2);
    require(att::detail::whole_times(25, 10.0) == 2);
    require(att::detail::whole_times(25.0, 10) == 2);
    using real_minutes = std::chrono::duration<double, std::ratio<60>>;
    require(att::detail::whole_times(real_minutes{1.5}, 30s) == 3);
    require(att::detail::whole_times(100s, real_minutes{0.5}) == 3);
    // Stops where counts of steps do: at 2^62
    constexpr auto most = std::int64_t{1} << 62;
    require(att::detail::whole_times(1e300, 1.0) == most);
    require(att::detail::whole_times(-1e300, 1.0) == -most);
    require(att::detail::whole_times(0x1p62, 1.0) == most);
    require(att::detail::whole_times(0x1.8p62, 1.0) == most);
    require(att::detail::whole_times(-0x1.8p62, 1.0) == -most);
    require(att::detail::whole_times(-0x1p62, 1.0) == -most);
    require(att::detail::whole_times(std::chrono::hours::max(), 1ns) == most);
    require(att::detail::whole_times(std::chrono::hours::min(), 1ns) == -most);
    require(att::detail::whole_times(date::days{14}, date::weeks{1}) == 2);
    require(att::detail::whole_times(date::days{14} - 1ns, date::weeks{1}) == 1);
    return true;
}
static_assert(test());

TEST_CASE("stepped_time_decay") {
    CHECK(test());
    CHECK_THROWS_AS(static_cast<void>(att::stepped_time_decay(0)), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(att::stepped_time_decay(-1h)), std::invalid_argument);
}

TEST_CASE("stepped_time_decay: the last step that weighs anything is the 1,022nd") {
    std::vector<double> seen;
    auto const model = [&](auto const& steps, att::weights w) {
        att::stepped_time_decay(1)(steps, w);
        seen.assign(w.begin(), w.end());
    };
    (void)split(1, at_times({100 - 1'023, 100 - 1'022, 100}), model);
    CHECK(seen == std::vector<double>{0, 0x1p-1022, 1});
}

TEST_CASE("law: whole_times is the quotient rounded down, in units of any size") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const length = random.between(-1'000, 1'000);
        auto const unit = random.between(1, 40);
        auto const down = [](std::int64_t a, std::int64_t b) {
            return (a >= 0 ? a : a - b + 1) / b;
        };
        using seconds = std::chrono::duration<std::int64_t>;
        using minutes = std::chrono::duration<std::int64_t, std::ratio<60>>;
        using real = std::chrono::duration<double>;
        return att::detail::whole_times(length, unit) == down(length, unit) &&
               att::detail::whole_times(static_cast<double>(length), unit) == down(length, unit) &&
               att::detail::whole_times(minutes{length}, seconds{unit}) ==
                   down(60 * length, unit) &&
               att::detail::whole_times(seconds{length}, minutes{unit}) ==
                   down(length, 60 * unit) &&
               att::detail::whole_times(real(minutes{length}), seconds{unit}) ==
                   down(60 * length, unit);
    });
}

TEST_CASE("stepped_time_decay: touchpoints after the conversion weigh more") {
    // Ages 10, -1 and -11: 2^-1, 2^1, 2^2.
    auto const everything = att::between([](world::sale const&) { return std::int64_t{0}; },
                                         [](world::sale const&) { return std::int64_t{1000}; });
    CHECK(gives(split(65, at_times({90, 101, 111}), att::stepped_time_decay(10), everything),
                {5, 20, 40}));
}

TEST_CASE("stepped_time_decay: steps between the ends of the clock") {
    CHECK(gives(
        split(100, at_times({INT64_MIN, INT64_MAX}), att::stepped_time_decay(1), att::at_any_time),
        {0, 100}));
}
