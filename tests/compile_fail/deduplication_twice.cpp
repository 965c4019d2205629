// SPDX-License-Identifier: BSL-1.0
// EXPECT: live\(\) takes one allowed_lateness\(...\) and one deduplicate_conversions\(...\)
#include "records.hpp"

auto desk =
    att::live(att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at), att::linear,
              att::lookback(std::chrono::hours{1}), att::deduplicate_conversions(),
              att::deduplicate_conversions(std::chrono::hours{1}));
