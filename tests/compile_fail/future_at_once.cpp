// SPDX-License-Identifier: BSL-1.0
// EXPECT: this policy looks at what comes after a conversion, which cannot be known at once
#include "records.hpp"

auto desk = att::live(
    att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
    att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at), att::linear,
    att::between(&order::at, &order::at) && att::maximum_age(std::chrono::hours{1}), att::at_once);
