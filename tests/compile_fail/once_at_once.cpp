// SPDX-License-Identifier: BSL-1.0
// EXPECT: which of two conversions at one instant counts once_per
#include "records.hpp"

auto desk = att::live(att::counted(att::conversion_stream<order>(&order::buyer, &order::at,
                                                                 &order::at, &order::cents),
                                   att::once_per(&order::cents, std::chrono::hours{9})),
                      att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at),
                      att::linear, att::lookback(std::chrono::hours{7}), att::at_once);
