// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/markov_model.hpp>

#include "learn/reference.hpp"

#include <attribution/model/blend.hpp>
#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <vector>

namespace att = attribution;
using letters::row;

TEST_CASE("a learned chain as a model on paths") {
    std::vector<row> const paths{{"A", 2, 40, 0}, {"ABA", 1, 20, 0}, {"B", 0, 0, 1}};
    struct touch_channel {
        char operator()(world::touch const& t) const { return t.channel; }
    };
    auto const m = att::fit(letters::rows(paths), att::markov(touch_channel{}));  // A 1, B 1/4
    CHECK(world::gives(world::split(100, world::through("AB"), m), {80, 20}));
    CHECK(world::gives(world::split(100, world::through("AAB"), m), {40, 40, 20}));
    CHECK(world::gives(world::split(100, world::through("BXB"), m), {50, 0, 50}));
    CHECK(world::gives(world::split(100, world::through("X"), m), {0}));  // nothing learned
    CHECK(world::gives(world::split(100, world::through("AB"), 0.5 * m + 0.5 * att::linear),
                       {65, 35}));
    auto const by_value = att::fit(letters::rows({{"A", 1, 90, 0}, {"B", 9, 10, 1}}),
                                   att::markov(touch_channel{}, {.by_value = true}));
    CHECK(world::gives(world::split(100, world::through("AB"), by_value), {90, 10}));
}
