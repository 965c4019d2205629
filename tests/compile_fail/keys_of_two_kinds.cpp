// SPDX-License-Identifier: BSL-1.0
// EXPECT: these two kinds of ids cannot be compared
#include "records.hpp"

auto const named_touches = att::touchpoints(visits, &visit::channel, &visit::at);
auto const ledger = att::attribute(sales, named_touches, att::linear);
