// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/calibrating.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>
#include <vector>

namespace att = attribution;
using att::detail::combined_lift, att::detail::uncertain;

namespace {

combined_lift measured(double incremental, double error) {
    combined_lift one;
    one.add(0, incremental, error);
    return one;
}

}  // namespace

TEST_CASE("a model and an experiment, by hand") {
    // m = 100, v = 30^2 + (0.4 * 100)^2 = 2500; l = 50, e^2 = 2500: the middle, with half the variance.
    auto const both = att::detail::combined({100, 900}, 0.4, measured(50, 50));
    CHECK(both.value == doctest::Approx(75));
    CHECK(both.variance == doctest::Approx(1250));
    // An experiment below 0 takes it down to 0.
    CHECK(att::detail::combined({100, 900}, 0.4, measured(-500, 10)).value == 0);
    // The model says 0: what was measured.
    auto const unseen = att::detail::combined({0, 0}, 0.4, measured(7, 2));
    CHECK(unseen.value == 7);
    CHECK(unseen.variance == 4);
    CHECK(att::detail::combined({0, 0}, 0.4, measured(-7, 2)).value == 0);
    // A model that cannot be wrong.
    CHECK(att::detail::combined({100, 0}, 0, measured(50, 1)).value == 100);
}

TEST_CASE("several experiments count by their precision, in any order the same") {
    combined_lift forward;
    combined_lift backward;
    std::vector<uncertain> const all{{10, 1}, {20, 3}, {1e6, 1e4}};
    for (auto const& [value, error] : all)
        forward.add(0, value, error);
    for (auto one = all.rbegin(); one != all.rend(); ++one)
        backward.add(0, one->value, one->variance);
    CHECK(forward.precision() == backward.precision());
    CHECK(forward.weighted() == backward.weighted());
    CHECK(forward.precision() == doctest::Approx(1 + 1.0 / 9 + 1e-8));
}

TEST_CASE("channels without experiments follow those that have some, by hand") {
    // a: 100, and the experiment is all that counts: 40 +- 1. b: 50, no experiment. f = 0.4.
    auto const result =
        att::detail::calibrate({{100, 0}, {50, 9}}, 160, 1e9, {measured(40, 1), combined_lift{}});
    CHECK(result.factor == doctest::Approx(0.4));
    CHECK(result.channels[1].value == doctest::Approx(20));
    CHECK(result.anyway.value == doctest::Approx(160 - 60));
    CHECK_FALSE(result.cut);
    auto const trusting =
        att::detail::calibrate({{100, 0}, {50, 9}}, 160, 0.5, {measured(40, 1), combined_lift{}});
    auto const f = trusting.factor;
    auto const own = f * f * (9 + 25 * 25);
    auto const shared = trusting.channels[0].variance;
    CHECK(trusting.channels[1].variance == doctest::Approx(own + 0.25 * shared));
    // a and b move together.
    CHECK(trusting.anyway.variance == doctest::Approx(own + 1.5 * 1.5 * shared));
}

TEST_CASE("channels without experiments are off each by itself, by hand") {
    auto const result =
        att::detail::calibrate({{100, 0}, {50, 9}, {20, 4}}, 200, 0.5,
                               {measured(100, 1), combined_lift{}, combined_lift{}});
    CHECK(result.factor == doctest::Approx(1));
    auto const own = (9 + 25 * 25) + (4 + 10 * 10);
    CHECK(result.anyway.variance == doctest::Approx(own + 1.7 * 1.7 * result.channels[0].variance));
}

TEST_CASE("more than all is cut in proportion") {
    auto const result =
        att::detail::calibrate({{60, 0}, {40, 0}}, 100, 1e9, {measured(300, 1), measured(100, 1)});
    CHECK(result.cut);
    CHECK(result.anyway.value == 0);
    CHECK(result.channels[0].value == doctest::Approx(75));
    CHECK(result.channels[1].value == doctest::Approx(25));
    CHECK(result.channels[0].variance == doctest::Approx(1.0 / 16));
}

TEST_CASE("more than all by rounding only is cut in silence") {
    combined_lift const none;
    auto const result = att::detail::calibrate({{0.1, 0}, {0.2, 0}}, 0.3, 0.5, {none, none});
    CHECK_FALSE(result.cut);
    CHECK(result.anyway.value == 0);
    CHECK(result.channels[0].value + result.channels[1].value <= 0.3);
    CHECK(att::detail::calibrate({{0.1, 0}, {0.2, 0}}, 0.2999, 0.5, {none, none}).cut);
}

TEST_CASE("of nothing, everybody earned nothing") {
    auto const result = att::detail::calibrate({{0, 0}}, 0, 0.5, {combined_lift{}});
    CHECK(result.channels[0].value == 0);
    CHECK(result.channels[0].variance == 0);
    CHECK(result.anyway.value == 0);
    CHECK_FALSE(result.cut);
}

TEST_CASE("lifts that cannot be used are refused by their number") {
    combined_lift one;
    auto const inf = std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH_AS(one.add(2, inf, 1), "calibrated: lift 2 is not a finite number",
                         std::invalid_argument);
    for (double const error : {0.0, -1.0, inf, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_WITH_AS(
            one.add(3, 1, error),
            "calibrated: lift 3 has a standard error that is not a finite number above 0",
            std::invalid_argument);
    for (double const error : {1e-200, 1e200})
        CHECK_THROWS_AS(one.add(3, 1, error), std::invalid_argument);
    // The precision is 1e200, and 1e200 * 1e200 is too large.
    CHECK_THROWS_WITH_AS(
        one.add(3, 1e200, 1e-100),
        "calibrated: lift 3 has a standard error that is too large or too small to be used",
        std::invalid_argument);
    CHECK_FALSE(one.any());
}
