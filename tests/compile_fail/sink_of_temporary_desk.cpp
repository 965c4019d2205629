// SPDX-License-Identifier: BSL-1.0
// EXPECT: this would refer into a temporary
#include "records.hpp"

auto const sink =
    att::live(att::conversion_stream<order>(&order::buyer, &order::at, &order::printed_price),
              att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::channel), att::linear,
              att::lookback(std::chrono::hours{24}))
        .bind(att::by(&visit::channel));
