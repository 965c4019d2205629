// SPDX-License-Identifier: BSL-1.0
// EXPECT: a container that the projection makes on the fly would dangle
#include "records.hpp"

struct journey {
    std::vector<visit> visits;
};
std::vector<journey> const journeys;
auto const seen = att::nested(journeys, [](journey const& one) { return one.visits; });
