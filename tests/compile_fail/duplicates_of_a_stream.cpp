// SPDX-License-Identifier: BSL-1.0
// EXPECT: this policy, such as without_duplicates\(...\), is made for the rows
#include "records.hpp"

auto desk =
    att::live(att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at), att::linear,
              att::lookback(std::chrono::hours{1}) && att::without_duplicates(touches, &visit::at));
