// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/hazard_model.hpp>

#include "support/small_world.hpp"

#include <attribution/join.hpp>
#include <attribution/policy/at_any_time.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

namespace att = attribution;

namespace {

constexpr double ln2 = 0.6931471805599453;

/// A is twice as strong as B; each halves in one unit. C has no effect.
auto model(std::int64_t resolution) {
    auto what = std::make_shared<att::detail::learned_hazards<char>>();
    for (char const channel : {'A', 'B', 'C'})
        what->channels(channel);
    what->hazards = {{2, ln2}, {1, ln2}, {0, ln2}};
    what->level = {att::detail::logarithm(2 * ln2), att::detail::logarithm(ln2), 0};
    return att::hazard_model{&world::touch::channel, resolution,
                             std::shared_ptr<att::detail::learned_hazards<char> const>{what}};
}

bool splits(std::vector<world::touch> const& log, std::initializer_list<std::int64_t> parts,
            std::int64_t resolution = 1, std::int64_t cents = 120) {
    return world::gives(world::split(cents, log, model(resolution), att::at_any_time), parts);
}

}  // namespace

TEST_CASE("a touchpoint's part of the hazard, by hand") {
    CHECK(splits({{1, 100, 'A'}, {1, 100, 'B'}}, {80, 40}));
    CHECK(splits({{1, 99, 'A'}, {1, 100, 'B'}}, {60, 60}));
    CHECK(splits({{1, 99, 'A'}, {1, 97, 'A'}}, {96, 24}));
    CHECK(splits({{1, 100, 'C'}, {1, 98, 'B'}, {1, 99, 'X'}}, {0, 120, 0}));
    CHECK(splits({{1, 100, 'C'}}, {0}));
    // Whole units of 10: 91 and 100 are 0 old, 90 is 1.
    CHECK(splits({{1, 91, 'B'}, {1, 100, 'B'}, {1, 90, 'B'}}, {40, 40, 20}, 10, 100));
    // What comes after the conversion has no part in it.
    CHECK(splits({{1, 101, 'A'}, {1, 100, 'B'}}, {0, 120}));
}

TEST_CASE("the score is the logarithm of the hazard") {
    auto const score = [](std::vector<world::touch> const& log) {
        std::vector<world::sale> const book{{1, 100, 1}};
        double found = 0;
        att::join(world::sales(book), world::touches(log))
            .for_each_path(att::at_any_time,
                           [&](auto const& steps) { found = model(1).score(steps); });
        return found;
    };
    // Ages count from the middle of their unit: half of one has passed.
    auto const of = [](double hazard) { return doctest::Approx(std::log(hazard)).epsilon(1e-14); };
    CHECK(score({{1, 100, 'A'}, {1, 100, 'B'}}) == of(3 * ln2 * std::sqrt(0.5)));
    CHECK(score({{1, 99, 'B'}, {1, 100, 'C'}, {1, 101, 'A'}}) == of(ln2 * std::sqrt(0.125)));
    CHECK(score({{1, 100, 'C'}, {1, 101, 'A'}}) == -std::numeric_limits<double>::infinity());
    CHECK(score({}) == -std::numeric_limits<double>::infinity());
}

TEST_CASE("an old path is not lost") {
    CHECK(splits({{1, -100'000, 'A'}, {1, -100'000, 'B'}}, {80, 40}));
}
