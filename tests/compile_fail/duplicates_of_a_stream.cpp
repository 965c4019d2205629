// SPDX-License-Identifier: BSL-1.0
// EXPECT: without_duplicates\(...\) is made for the rows of one range
#include "records.hpp"

auto desk =
    att::live(att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at),
              att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::linear,
              att::lookback(std::chrono::hours{1}) && att::without_duplicates(touches, &visit::at));
