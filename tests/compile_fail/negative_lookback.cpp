// SPDX-License-Identifier: BSL-1.0
// EXPECT: constant expression
#include "records.hpp"

constexpr auto window = att::lookback(std::chrono::seconds{-1});
