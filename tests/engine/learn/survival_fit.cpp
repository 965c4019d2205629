// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/survival_fit.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace detail = attribution::detail;
using detail::age_classes, detail::fading, detail::observed_state;
using doctest::Approx;

TEST_CASE("fading: means over the classes") {
    // Half-life 1 (choice 2), the first class: (1 - 1/2) / ln 2; the second: (1/2 - 1/4) / ln 2.
    static_assert(fading::half_life(2) == 1);
    CHECK(detail::faded.left[2][0] == Approx(0.5 / std::log(2)).epsilon(1e-14));
    CHECK(detail::faded.left[2][1] == Approx(0.25 / std::log(2)).epsilon(1e-14));
    CHECK(detail::faded.left[8][7] == Approx((0.5 - 0.25) / std::log(2)).epsilon(1e-14));
    // The compiler's arithmetic is that of the program.
    CHECK(std::make_unique<fading>()->left == detail::faded.left);
}

TEST_CASE("survival_fit: two rates by hand") {
    // 10 conversions in 100 units without touchpoints, 30 in 100 with one: the effect is ln 3.
    std::vector<observed_state> const states{{{}, 6400, 10, 0}, {{0}, 6400, 30, 0}};
    auto const rate = detail::survival_fit{states, 1, 0}();
    CHECK(rate.settled);
    CHECK(rate.baseline == Approx(std::log(0.1)).epsilon(1e-9));
    CHECK(rate.added(0) == Approx(std::log(3)).epsilon(1e-9));
    CHECK(rate.objective ==
          Approx(10 * std::log(0.1) - 10 + 30 * std::log(0.3) - 30).epsilon(1e-12));
    // With a penalty it is smaller, and the derivative of the whole is 0.
    auto const shrunk = detail::survival_fit{states, 1, 5}();
    CHECK(shrunk.added(0) < 1);
    auto const expected = 100 * std::exp(shrunk.baseline + shrunk.added(0));
    CHECK((30 - expected) * detail::faded.left[shrunk.fadings[0]][0] ==
          Approx(5 * shrunk.effects[0]).epsilon(1e-6));
}

TEST_CASE("survival_fit: finds the effects and half-lives from which the counts were made") {
    double const effects[] = {1.5, -0.7, 0.9};
    std::size_t const choices[] = {4, 6, 2};
    double const baseline = std::log(0.002);
    std::vector<observed_state> states{{{}, 64'000'000'000, 2'000'000, 0}};
    auto const observe = [&](std::vector<std::uint32_t> touches) {
        auto logarithm = baseline;
        for (auto const touch : touches)
            logarithm += effects[touch / 8] * detail::faded.left[choices[touch / 8]][touch % 8];
        states.push_back({std::move(touches), 640'000'000'000,
                          static_cast<std::uint64_t>(std::llround(1e10 * std::exp(logarithm))), 0});
    };
    for (std::uint32_t a = 0; a < 24; ++a) {
        observe({a});
        observe({a, a});
        for (std::uint32_t b = a + 1; b < 24; b += 5)
            observe({a, b});
    }
    auto const rate = detail::survival_fit{states, 3, 0}();
    CHECK(rate.settled);
    CHECK(rate.baseline == Approx(baseline).epsilon(1e-6));
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(rate.fadings[i] == choices[i]);
        CHECK(rate.effects[i] == Approx(effects[i]).epsilon(1e-5));
    }
}

TEST_CASE("survival_fit: nobody ever converts after some channel, or always does at once") {
    std::vector<observed_state> const never{{{}, 6400, 10, 0}, {{0}, 6400, 0, 0}};
    auto const low = detail::survival_fit{never, 1, 1}();
    CHECK(low.settled);
    CHECK(low.effects[0] < -1);
    CHECK(std::isfinite(low.effects[0]));
    std::vector<observed_state> const always{{{}, 64'000'000, 0, 0}, {{0}, 1, 1, 0}};
    auto const high = detail::survival_fit{always, 1, 1}();
    CHECK(high.settled);
    CHECK(std::isfinite(high.effects[0]));
    CHECK(std::isfinite(high.objective));
    CHECK(high.effects[0] > 0.5);
    // No penalty, no conversion: further and further down, and given up in the end.
    auto const lost = detail::survival_fit{never, 1, 0}();
    CHECK(lost.effects[0] < -5);
    CHECK(std::isfinite(lost.objective));
}
