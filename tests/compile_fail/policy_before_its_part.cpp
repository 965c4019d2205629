// SPDX-License-Identifier: BSL-1.0
// EXPECT: a blend is made of models, and this is a policy
#include "records.hpp"

auto const model = att::lookback(std::chrono::hours{720}) * 0.5 + 0.5 * att::linear;
