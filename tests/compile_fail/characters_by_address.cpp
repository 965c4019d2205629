// SPDX-License-Identifier: BSL-1.0
// EXPECT: would be compared by its address
#include "records.hpp"

auto const by_name = [](visit const&) { return u8"ann"; };
auto const seen = att::touchpoints(visits, by_name, &visit::at);
