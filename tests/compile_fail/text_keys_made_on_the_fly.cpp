// SPDX-License-Identifier: BSL-1.0
// EXPECT: live\(\) needs text keys that are members of the record
#include "records.hpp"

auto desk = att::live(
    att::conversion_stream<order>(&order::printed_price, &order::at, &order::at, &order::cents),
    att::touchpoint_stream<visit>([](visit const& v) { return "user " + v.channel; }, &visit::at,
                                  &visit::at),
    att::linear, att::lookback(std::chrono::hours{1}));

void run() {
    (void)desk.touch(visits[0]);
}
