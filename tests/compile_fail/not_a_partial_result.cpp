// SPDX-License-Identifier: BSL-1.0
// EXPECT: to_bytes and merge_bytes take what by\(\.\.\.\)\.bind\(\.\.\.\) gives
#include "records.hpp"

auto const bytes = att::to_bytes(std::vector<int>{1, 2}, {.model = "linear", .policy = "always"});
