// SPDX-License-Identifier: BSL-1.0
// EXPECT: must read the key off a record
#include "records.hpp"

auto const confused = att::touchpoints(visits, &order::buyer, &visit::at);
