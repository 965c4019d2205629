// SPDX-License-Identifier: BSL-1.0
// EXPECT: this is a policy and not a model
#include "records.hpp"

auto const ledger = att::attribute(sales, touches, att::lookback(std::chrono::hours{720}));
