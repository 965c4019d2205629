// SPDX-License-Identifier: BSL-1.0
// EXPECT: call attribute.. once for each model
#include "records.hpp"

auto ledgers = att::attribute(sales, touches, att::models(att::linear, att::last_touch),
                              att::credited_at_most(1));
