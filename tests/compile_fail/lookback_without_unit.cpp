// SPDX-License-Identifier: BSL-1.0
// EXPECT: need a std::chrono duration for time points
#include "records.hpp"

auto const ledger = att::attribute(sales, touches, att::linear, att::lookback(30));
