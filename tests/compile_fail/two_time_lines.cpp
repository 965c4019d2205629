// SPDX-License-Identifier: BSL-1.0
// EXPECT: the times of conversions and touchpoints are not on one time line
#include "records.hpp"

auto const seconds = att::touchpoints(
    visits, &visit::user, [](visit const& v) { return v.at.time_since_epoch().count(); });
auto const ledger = att::attribute(sales, seconds, att::linear);
