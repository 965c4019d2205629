// SPDX-License-Identifier: BSL-1.0
// EXPECT: this policy can reach back to any touchpoint, so that live
#include "records.hpp"

auto desk =
    att::live(att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at), att::linear,
              att::where(&visit::channel, "search"));
