// SPDX-License-Identifier: BSL-1.0
// EXPECT: this is not a policy; wrap a predicate
#include "records.hpp"

auto const ledger =
    att::attribute(sales, touches, att::linear, [](visit const& v) { return v.user > 0; });
