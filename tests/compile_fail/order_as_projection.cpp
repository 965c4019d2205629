// SPDX-License-Identifier: BSL-1.0
// EXPECT: the first argument of markov.. is a projection of touchpoints
#include "records.hpp"

auto const second_order = att::markov(2);
