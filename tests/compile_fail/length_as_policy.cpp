// SPDX-License-Identifier: BSL-1.0
// EXPECT: this is a length of time and not a policy
#include "records.hpp"

auto const ledger = att::attribute(sales, touches, att::linear, std::chrono::hours{720});
