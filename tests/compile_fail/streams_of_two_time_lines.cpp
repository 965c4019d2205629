// SPDX-License-Identifier: BSL-1.0
// EXPECT: the times of conversions and touchpoints are not on one time line
#include "records.hpp"

auto const seconds = [](visit const& v) { return v.at.time_since_epoch().count(); };
auto desk =
    att::live(att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::touchpoint_stream<visit>(&visit::user, seconds, &visit::at), att::linear,
              att::last_touches(2));
