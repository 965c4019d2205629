// SPDX-License-Identifier: BSL-1.0
// EXPECT: a row for lookback_by\(\) has a key for each projection, and then a length
#include "records.hpp"

#include <tuple>
#include <vector>

auto const policy = att::lookback_by(std::vector<std::tuple<int>>{{7}}, &visit::channel);
