// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/join.hpp>

#include <support/journey_world.hpp>

#include <optional>

namespace quality_support {

using journey_world::sale, journey_world::touch, journey_world::world;

/// It borrows the world.
inline auto joined(world const& w) {
    return attribution::join(
        attribution::conversions(w.sales, &sale::user, &sale::at, &sale::cents),
        attribution::touchpoints(w.touches, &touch::user, &touch::at));
}

/// Touchpoints in and outside of windows of 10 before conversions at 20 and 30.
inline world windows_at_20_and_30() {
    return {{{1, 10, 0},              // at the window's start
             {1, 9, 0},               // just before it
             {1, 20, 0},              // at the conversion
             {1, 21, 0},              // after it, but in the next one's window
             {1, 31, 0},              // after both
             {2, 15, 0},              // a customer who never converted
             {std::nullopt, 15, 0}},  // nobody
            {{1, 20, 100}, {1, 30, 100}, {3, 20, 100}, {std::nullopt, 15, 100}}};
}

}  // namespace quality_support
