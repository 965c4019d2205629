// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/hazard_fit.hpp>

#include "support/law.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace att = attribution;
using att::detail::channel_hazard, att::detail::hazard_search, att::detail::likelier,
    att::detail::observed_hazards;
using doctest::Approx;

namespace {

/// The log-likelihood, as defined.
double likelihood(observed_hazards const& seen, std::vector<channel_hazard> const& hazards) {
    long double sum = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        long double hazard = 0;
        for (auto const place : seen.path(i)) {
            auto const& one = seen.all[place];
            auto const& of = hazards[one.channel];
            hazard += static_cast<long double>(of.strength) * of.decay *
                      std::exp(-static_cast<long double>(of.decay) * one.age);
        }
        sum += seen.conversions[i] * std::log(hazard);
    }
    for (auto const& one : seen.all) {
        auto const& of = hazards[one.channel];
        sum -= static_cast<long double>(one.touches) * of.strength *
               -std::expm1(-static_cast<long double>(of.decay) * one.age);
    }
    return static_cast<double>(sum);
}

/// Up to 3 channels, 12 ages and 8 converting paths.
observed_hazards draw(support::random_numbers& random) {
    observed_hazards seen;
    seen.channels = static_cast<std::size_t>(random.between(1, 3));
    for (std::uint32_t channel = 0; channel < seen.channels; ++channel)
        for (auto n = random.between(1, 4), age = 0; n > 0; --n) {
            age += random.between(0, 9);
            seen.all.push_back({channel, age++ + 0.5, static_cast<double>(random.between(0, 20))});
        }
    for (auto n = random.between(1, 8); n > 0; --n) {
        for (auto length = random.between(1, 4); length > 0; --length) {
            seen.in_paths.push_back(static_cast<std::uint32_t>(
                random.between(0, static_cast<int>(seen.all.size()) - 1)));
            seen.all[seen.in_paths.back()].touches += 1;
        }
        seen.ends.push_back(seen.in_paths.size());
        seen.conversions.push_back(1);
    }
    return seen;
}

}  // namespace

TEST_CASE("one step, by hand") {
    // Two touchpoints of A, 1 and 3 old, and one of B, 2 old, of which a conversion saw A at 1 and B.
    observed_hazards seen;
    seen.all = {{0, 1, 1}, {0, 3, 1}, {1, 2, 1}};
    seen.in_paths = {0, 2};
    seen.ends = {2};
    seen.conversions = {1};
    seen.channels = 2;
    // Hazards e^-1 of A and 2 * 0.5 * e^-1 of B: each is responsible for a half.
    auto const step = likelier(seen, {{1, 1}, {2, 0.5}}, 1e-6);
    CHECK(step.earned[0] == Approx(0.5).epsilon(1e-15));
    CHECK(step.earned[1] == Approx(0.5).epsilon(1e-15));
    double const a = (1 - std::exp(-1)) + (1 - std::exp(-3));
    double const b = 1 - std::exp(-1);
    CHECK(step.log_likelihood == Approx(std::log(2 * std::exp(-1)) - a - 2 * b).epsilon(1e-14));
    // The best of A: strength * exposure is what it earned, and the slope in its decay is 0.
    double const decay = step.next[0].decay;
    double const exposure = -std::expm1(-decay) - std::expm1(-3 * decay);
    CHECK(step.next[0].strength * exposure == Approx(0.5).epsilon(1e-13));
    double const change = std::exp(-decay) + 3 * std::exp(-3 * decay);
    CHECK(1 / decay - change / exposure == Approx(1).epsilon(1e-11));
    // B only converts at the end of what was seen: it does not decay.
    CHECK(step.next[1].decay == 1e-6);
}

TEST_CASE("a channel that converts at once, always, and one that never does") {
    observed_hazards seen;
    seen.all = {{0, 0.5, 10}, {1, 0.5, 10}, {1, 100.5, 90}};
    seen.in_paths = {0};
    seen.ends = {1};
    seen.conversions = {10};
    seen.channels = 2;
    auto const found = hazard_search{seen}(1000);
    CHECK(found.settled);
    CHECK(found.earned[0] == 10);
    CHECK(found.earned[1] == 0);
    CHECK(found.hazards[1].strength == 0);
    // strength * (1 - e^(-decay / 2)) = 1; the likeliest is constant over the half unit.
    CHECK(found.hazards[0].decay == found.slowest);
}

TEST_CASE("a conversion long after nearly all others is not impossible") {
    // By a decay for the mean age, 2, the hazard of 1e5 later is 0.
    constexpr double many = 1e5;
    observed_hazards seen;
    seen.all = {{0, 1, many}, {0, many, 1}};
    seen.in_paths = {0, 1};
    seen.ends = {1, 2};
    seen.conversions = {many, 1};
    seen.channels = 1;
    auto const found = hazard_search{seen}(1000);
    CHECK(found.settled);
    CHECK(std::isfinite(found.log_likelihood));
    // The derivatives by strength and decay are 0; 1 / many is 3/2 of the decay's square, nearly.
    auto const [strength, decay] = found.hazards[0];
    double const exposure = -many * std::expm1(-decay) - std::expm1(-decay * many);
    double const change = many * std::exp(-decay) + many * std::exp(-decay * many);
    CHECK(strength * exposure == Approx(many + 1).epsilon(1e-9));
    CHECK(1 / decay - change / exposure == Approx(2 * many / (many + 1)).epsilon(1e-6));
    CHECK(decay == Approx(std::sqrt(1 / (1.5 * many))).epsilon(0.01));
}

TEST_CASE("what no hazard explains is given up at once") {
    observed_hazards seen;
    seen.all = {{0, 1, 1}};
    seen.in_paths = {0};
    seen.ends = {1, 1};  // the second converted without a touchpoint
    seen.conversions = {1, 1};
    seen.channels = 1;
    auto const found = hazard_search{seen}(1000);
    CHECK_FALSE(found.settled);
    CHECK(found.steps == 1);
    CHECK(found.log_likelihood == -std::numeric_limits<double>::infinity());
    CHECK(found.hazards[0].decay == found.slowest);
}

TEST_CASE("law: no step makes what was seen less likely, by the definition") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const seen = draw(random);
        std::vector<channel_hazard> hazards;
        for (std::size_t i = 0; i < seen.channels; ++i)
            hazards.push_back({random.between(1, 100) / 20.0, random.between(1, 100) / 50.0});
        auto const slowest = att::detail::slowest_decay(seen);
        for (int i = 0; i < 5; ++i) {
            auto const step = likelier(seen, hazards, slowest);
            auto const now = likelihood(seen, hazards);
            if (std::abs(step.log_likelihood - now) > 1e-11 * (1 + std::abs(now)))
                return false;
            if (likelihood(seen, step.next) < now - 1e-11 * (1 + std::abs(now)))
                return false;
            hazards = step.next;
        }
        return true;
    });
}

TEST_CASE(
    "law: what was found is as likely as what thousands of plain steps find, and no neighbour is "
    "likelier") {
    std::size_t settled = 0;
    std::size_t not_settled = 0;
    support::for_all_worlds([&](support::random_numbers& random) {
        auto const seen = draw(random);
        auto const found = hazard_search{seen}(20'000);
        ++(found.settled ? settled : not_settled);
        if (!found.settled)
            return true;
        auto const here = likelihood(seen, found.hazards);
        double earned = 0;
        for (double const one : found.earned)
            earned += one;
        if (std::abs(earned - seen.total()) > 1e-9 * seen.total())
            return false;
        auto around = found.hazards;
        for (auto& one : around)
            for (double const factor : {0.999, 1.001}) {
                auto const kept = one;
                one.strength *= factor;
                if (likelihood(seen, around) > here + 1e-9)
                    return false;
                one = kept;
                one.decay = std::max(found.slowest, one.decay * factor);
                if (one.strength > 0 && likelihood(seen, around) > here + 1e-9)
                    return false;
                one = kept;
            }
        return true;
    });
    CHECK(1000 * not_settled <= settled);
}
