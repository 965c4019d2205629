// SPDX-License-Identifier: BSL-1.0
// EXPECT: time_decay\(\) needs a std::chrono duration for time points
#include "records.hpp"

auto const ledger = att::attribute(sales, touches, att::time_decay(7));
