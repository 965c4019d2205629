// SPDX-License-Identifier: BSL-1.0
// EXPECT: this would refer into a temporary
#include "records.hpp"

auto const anchor = att::join(sales, touches).anchor_of(0);
