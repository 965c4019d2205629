// SPDX-License-Identifier: BSL-1.0
// EXPECT: asks what was credited before, and so needs conversions in the order of time
#include "records.hpp"

auto desk =
    att::live(att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at), att::linear,
              att::lookback(std::chrono::hours{7}) && att::credited_at_most(1), att::at_once);
