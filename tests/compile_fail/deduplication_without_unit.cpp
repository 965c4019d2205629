// SPDX-License-Identifier: BSL-1.0
// EXPECT: deduplicate_conversions\(\) needs a std::chrono duration for time points
#include "records.hpp"

auto desk =
    att::live(att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at), att::linear,
              att::lookback(std::chrono::hours{1}), att::deduplicate_conversions(30));
