// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/logistic_model.hpp>

#include "support/small_world.hpp"

#include <doctest/doctest.h>

#include <memory>

namespace att = attribution;

TEST_CASE("a channel weighs its coefficient, split over its touchpoints") {
    auto what = std::make_shared<att::detail::learned_odds<char>>();
    for (char const channel : {'A', 'B', 'C'})
        what->channels(channel);
    what->weights = {2, 1, 0};
    att::logistic_model const m{&world::touch::channel,
                                std::shared_ptr<att::detail::learned_odds<char> const>{what}};
    CHECK(world::gives(world::split(120, world::through("AB"), m), {80, 40}));
    CHECK(world::gives(world::split(120, world::through("ABAX"), m), {40, 40, 40, 0}));
    CHECK(world::gives(world::split(120, world::through("CX"), m), {0, 0}));
}
