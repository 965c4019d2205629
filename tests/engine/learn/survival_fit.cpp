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

namespace {

/// The logarithm of the likelihood, less the penalty, as defined.
double objective(std::vector<observed_state> const& states,
                 detail::conversion_rate_by_age const& rate, double shrinkage) {
    long double sum = 0;
    for (auto const& one : states) {
        long double logarithm = rate.baseline;
        for (auto const touch : one.touches)
            logarithm += rate.added(touch);
        sum += static_cast<long double>(one.conversions) * logarithm -
               static_cast<long double>(one.ticks) / 64 * std::exp(logarithm);
    }
    for (auto const effect : rate.effects)
        sum -= static_cast<long double>(effect) * effect * shrinkage / 2;
    return static_cast<double>(sum);
}

/// The objective is what was found, and with the same half-lives none nearby is better.
bool best_nearby(std::vector<observed_state> const& states, detail::conversion_rate_by_age rate,
                 double shrinkage) {
    auto const here = objective(states, rate, shrinkage);
    auto const slack = 1e-11 * std::abs(here);
    if (std::abs(rate.objective - here) > slack)
        return false;
    std::vector<double*> all{&rate.baseline};
    for (auto& effect : rate.effects)
        all.push_back(&effect);
    for (auto* const one : all)
        for (double const step : {-1e-3, 1e-3}) {
            auto const kept = *one;
            *one += step;
            if (objective(states, rate, shrinkage) > here + slack)
                return false;
            *one = kept;
        }
    return true;
}

}  // namespace

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

TEST_CASE("survival_fit: a step that is too long is not taken") {
    std::vector<observed_state> const states{
        {{}, 1, 0, 0}, {{2, 5, 7}, 32'768, 2'048, 0}, {{0, 4, 6}, 8, 4, 0}};
    auto const rate = detail::survival_fit{states, 1, 0.001}();
    CHECK(rate.objective == Approx(objective(states, rate, 0.001)).epsilon(1e-12));
    // No worse than the rate of everybody, from which the search begins.
    auto const everybody = 2052 / ((1 + 32'768 + 8) / 64.0);
    CHECK(rate.objective >= (2052 * (std::log(everybody) - 1)) * (1 - 1e-12));
    // It goes on with a shorter one, until there is nothing better: it does not give up and call that settled.
    std::vector<observed_state> const others{{{}, 4, 32'768, 0}, {{3, 5, 14, 16}, 1'024, 0, 0}};
    CHECK(rate.settled);
    CHECK(best_nearby(states, rate, 0.001));
    auto const other = detail::survival_fit{others, 3, 0.001}();
    CHECK(other.settled);
    CHECK(best_nearby(others, other, 0.001));
}

TEST_CASE(
    "survival_fit: a last step that makes it worse is taken back, with the derivatives there") {
    std::vector<observed_state> const states{{{}, 1, 8'192, 0},
                                             {{12, 13, 15}, 1'024, 16, 0},
                                             {{15}, 8, 0, 0},
                                             {{0, 3, 5, 8}, 256, 128, 0},
                                             {{0, 8, 15}, 128, 0, 0}};
    auto const rate = detail::survival_fit{states, 2, 0.001}();
    CHECK(rate.settled);
    CHECK(best_nearby(states, rate, 0.001));
}

TEST_CASE("survival_fit: a step of which only a tiny part is better is not given up") {
    std::vector<observed_state> const states{
        {{}, 2'048, 0, 0}, {{0, 1, 6, 7}, 2, 1'024, 0}, {{4, 6, 7}, 16'777'216, 0, 0}};
    auto const rate = detail::survival_fit{states, 1, 0.001}();
    CHECK(rate.settled);
    CHECK(best_nearby(states, rate, 0.001));
}

TEST_CASE("survival_fit: no penalty, and a step of which only a tiny part is better") {
    std::vector<observed_state> states{{{}, 64, 0, 0},
                                       {{13}, 128, 4, 0},
                                       {{0, 4, 9}, 8'388'608, 1'024, 0},
                                       {{14}, 4'194'304, 0, 0},
                                       {std::vector<std::uint32_t>(16, 13), 512, 32'768, 0}};
    states.back().touches.insert(states.back().touches.end(), 16, 15);
    auto const rate = detail::survival_fit{states, 2, 0}();
    CHECK(rate.rounds < 200);
    CHECK(rate.objective == Approx(objective(states, rate, 0)).epsilon(1e-12));
    CHECK(rate.settled);
    CHECK(best_nearby(states, rate, 0));
    auto const everybody = 33'796 / ((64 + 128 + 8'388'608 + 4'194'304 + 512) / 64.0);
    CHECK(rate.objective > 33'796 * (std::log(everybody) - 1));
}

TEST_CASE("survival_fit: the best for its half-lives, also where these are given up") {
    // After four rounds another half-life would still be better.
    std::vector<observed_state> const states{{{}, 4'194'304, 32'768, 0},
                                             {{15}, 268'435'456, 0, 0},
                                             {{5}, 8'192, 0, 0},
                                             {{2, 8, 14}, 8'388'608, 0, 0}};
    CHECK(best_nearby(states, detail::survival_fit{states, 2, 100}(), 100));
}

TEST_CASE("survival_fit: without a penalty there may be no best, and this is told") {
    std::vector<observed_state> const states{
        {{}, 32, 0, 0},
        {std::vector<std::uint32_t>(20, 5), 1'048'576, 2'048, 0},
        {{1}, 512, 0, 0},
        {{2, 16, 18, 23}, 2, 128, 0}};
    auto const rate = detail::survival_fit{states, 3, 0}();
    CHECK_FALSE(rate.settled);
    CHECK(rate.rounds == 200);
    CHECK(std::isfinite(rate.objective));
}

TEST_CASE("survival_fit: a channel that nobody met has no effect, with or without a penalty") {
    std::vector<observed_state> const states{{{}, 6400, 10, 0}, {{0}, 6400, 30, 0}};
    for (double const shrinkage : {0.0, 1e-9}) {
        auto const rate = detail::survival_fit{states, 2, shrinkage}();
        CHECK(rate.settled);
        CHECK(rate.baseline == Approx(std::log(0.1)).epsilon(1e-6));
        CHECK(rate.added(0) == Approx(std::log(3)).epsilon(1e-6));
        CHECK(rate.effects[1] == 0);
    }
}
