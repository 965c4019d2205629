// SPDX-License-Identifier: BSL-1.0
// EXPECT: a blend is made of models
#include "records.hpp"

auto const model = att::linear + att::lookback(std::chrono::hours{720});
