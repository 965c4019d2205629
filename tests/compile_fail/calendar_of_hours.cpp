// SPDX-License-Identifier: BSL-1.0
// EXPECT: needs a whole number of days, months or years
#include "records.hpp"

auto const window = att::calendar_lookback(std::chrono::hours{720});
