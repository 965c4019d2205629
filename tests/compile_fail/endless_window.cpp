// SPDX-License-Identifier: BSL-1.0
// EXPECT: this policy's window never ends, so that live\(\) could never credit
#include "records.hpp"

auto desk =
    att::live(att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at), att::linear,
              att::at_any_time&& att::maximum_age(std::chrono::hours{1}));
