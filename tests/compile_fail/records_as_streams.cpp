// SPDX-License-Identifier: BSL-1.0
// EXPECT: the first argument of live\(\) must be made by conversion_stream
#include "records.hpp"

auto desk = att::live(sales, touches, att::linear, att::lookback(std::chrono::hours{1}));
