// SPDX-License-Identifier: BSL-1.0
// EXPECT: say how to read these ranges
#include "records.hpp"

auto const ledger = att::attribute(orders, visits, att::linear);
