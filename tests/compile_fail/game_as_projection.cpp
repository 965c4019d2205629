// SPDX-License-Identifier: BSL-1.0
// EXPECT: the game comes second
#include "records.hpp"

auto const by_rate = att::shapley(att::conversion_rate_game);
