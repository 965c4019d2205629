// SPDX-License-Identifier: BSL-1.0
// EXPECT: once_per.projection. remembers every value for ever
#include "records.hpp"

auto desk = att::live(att::counted(att::conversion_stream<order>(&order::buyer, &order::at,
                                                                 &order::at, &order::cents),
                                   att::once_per(&order::cents)),
                      att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::at),
                      att::linear, att::lookback(std::chrono::hours{7}));
