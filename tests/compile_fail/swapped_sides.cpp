// SPDX-License-Identifier: BSL-1.0
// EXPECT: are the two sides swapped
#include "records.hpp"

auto const ledger = att::attribute(touches, sales, att::linear);
