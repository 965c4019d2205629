// SPDX-License-Identifier: BSL-1.0
// EXPECT: this is a model and not a policy
#include "records.hpp"

auto const ledger = att::attribute(sales, touches, att::linear, att::last_touch);
