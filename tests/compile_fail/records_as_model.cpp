// SPDX-License-Identifier: BSL-1.0
// EXPECT: these are records and not a model
#include "records.hpp"

auto const ledger = att::attribute(att::join(sales, touches), touches, att::linear);
