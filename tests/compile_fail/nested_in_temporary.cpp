// SPDX-License-Identifier: BSL-1.0
// EXPECT: a container that the projection makes on the fly would dangle
#include "records.hpp"

#include <range/v3/view/transform.hpp>

// The journeys are made on the fly, and their visits are gone with them.
struct journey {
    std::vector<visit> visits;
};
auto const journeys =
    visits | ranges::views::transform([](visit const& one) { return journey{{one}}; });
auto const seen = att::nested(
    journeys, [](journey const& one) -> std::vector<visit> const& { return one.visits; });
