// SPDX-License-Identifier: BSL-1.0
// EXPECT: only a policy combines with a policy
#include "records.hpp"

auto const rules =
    att::lookback(std::chrono::hours{720}) && [](visit const& v) { return v.user > 0; };
