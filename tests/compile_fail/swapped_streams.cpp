// SPDX-License-Identifier: BSL-1.0
// EXPECT: the first argument of live\(\) must be made by conversion_stream.*are the two sides swapped
#include "records.hpp"

auto desk =
    att::live(att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at),
              att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::linear, att::lookback(std::chrono::hours{1}));
