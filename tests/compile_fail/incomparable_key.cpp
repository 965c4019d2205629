// SPDX-License-Identifier: BSL-1.0
// EXPECT: a key must be comparable for equality and hashable or ordered
#include "records.hpp"

struct badge {
    int number;
};

auto const by_badge = att::touchpoints(
    visits, [](visit const& v) { return badge{v.user}; }, &visit::at);
