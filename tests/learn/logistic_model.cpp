// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/logistic_model.hpp>

#include "support/small_world.hpp"

#include <doctest/doctest.h>

#include <memory>

namespace att = attribution;

namespace {

auto model() {
    auto what = std::make_shared<att::detail::learned_odds<char>>();
    for (char const channel : {'A', 'B', 'C'})
        what->channels(channel);
    what->weights = {0.3, 0.6, 0};
    what->effects = {{'A', 0.3, 0, 1, 0, 0}, {'B', 0.6, 0, 1, 0, 0}, {'C', -0.7, 0, 1, 0, 0}};
    return att::logistic_model{&world::touch::channel,
                               std::shared_ptr<att::detail::learned_odds<char> const>{what}};
}

/// What the model says of a path through these channels.
double score_of(char const* channels) {
    double seen = -1;
    (void)world::split(1, world::through(channels), [&](auto const& steps, att::weights w) {
        seen = model().score(steps);
        w[0] = 1;
    });
    return seen;
}

}  // namespace

TEST_CASE("a channel weighs its coefficient, split over its touchpoints") {
    auto const m = model();
    CHECK(world::gives(world::split(120, world::through("AB"), m), {40, 80}));
    CHECK(world::gives(world::split(120, world::through("BABX"), m), {40, 40, 40, 0}));
    CHECK(world::gives(world::split(120, world::through("CX"), m), {0, 0}));
}

TEST_CASE("a path scores the coefficients of its channels, once each, in any order") {
    CHECK(score_of("A") == 0.3);
    CHECK(score_of("C") == -0.7);
    CHECK(score_of("BAAB") == score_of("AB"));
    CHECK(score_of("CBA") == 0.3 + 0.6 - 0.7);
    CHECK(score_of("BCA") == score_of("CBA"));
    CHECK(score_of("XAX") == score_of("A"));  // X was never learned
    CHECK(score_of("X") == 0);
}
