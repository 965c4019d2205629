// SPDX-License-Identifier: BSL-1.0
// EXPECT: a blend is made of models
#include "records.hpp"

auto const model = 0.5 * att::linear + 0.5 * att::lookback(std::chrono::hours{720});
