// SPDX-License-Identifier: BSL-1.0
// EXPECT: the watermark is not on the time line of the records
#include "records.hpp"

auto desk =
    att::live(att::conversion_stream<order>(&order::buyer, &order::at, &order::at, &order::cents),
              att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at), att::linear,
              att::lookback(std::chrono::hours{1}));

void run() {
    desk.advance(1'700'000'000, [](auto const&) {});
}
