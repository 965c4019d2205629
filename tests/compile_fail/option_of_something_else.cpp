// SPDX-License-Identifier: BSL-1.0
// EXPECT: live\(\) takes the options allowed_lateness\(length\), at_once, keep_everything
#include "records.hpp"

auto desk =
    att::live(att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at), att::linear,
              att::lookback(std::chrono::hours{1}), std::chrono::hours{1});
